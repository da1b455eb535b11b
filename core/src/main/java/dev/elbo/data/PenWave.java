package dev.elbo.data;

/** A smooth displacement of the paper: height · sin(alongX·x + alongY·y + phase). */
record PenWave(double height, double alongX, double alongY, double phase) {

  double at(double x, double y) {
    return height * StrictMath.sin(alongX * x + alongY * y + phase);
  }
}
