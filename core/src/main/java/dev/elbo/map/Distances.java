package dev.elbo.map;

import java.util.Arrays;

/** Squared Euclidean distances of a cloud's points, summed over the dimensions in order. */
final class Distances {
  private final Cloud cloud;
  private final double[] columns; // [dimensions, count], so that the inner loop runs over points

  Distances(Cloud cloud) {
    this.cloud = cloud;
    columns = new double[cloud.values().length];
    for (int i = 0; i < cloud.count(); i++) {
      for (int j = 0; j < cloud.dimensions(); j++) {
        columns[j * cloud.count() + i] = cloud.at(i, j);
      }
    }
  }

  /** Of one point to all, itself included. */
  void fill(int point, double[] squared) {
    int count = cloud.count();
    Arrays.fill(squared, 0);
    for (int j = 0; j < cloud.dimensions(); j++) {
      double coordinate = cloud.at(point, j);
      int column = j * count;
      for (int i = 0; i < count; i++) {
        double difference = coordinate - columns[column + i];
        squared[i] += difference * difference;
      }
    }
  }
}
