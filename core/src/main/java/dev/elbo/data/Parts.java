package dev.elbo.data;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.tensor.Noise;
import java.util.Optional;

/**
 * The images of a training: binarized as asked for, and with a validation part where there is to be
 * one.
 *
 * @param train grey where they are binarized anew in each epoch
 */
public record Parts(
    Binarization binarization, Images train, Optional<Images> validation, Images test, long seed) {

  /** Keeps this split apart from that of a folder without test images, which has the same seed. */
  private static final int VALIDATION = 1;

  /**
   * @param validation how many training images to hold out; a data set's own validation part is
   *     taken by its size
   */
  public static Parts of(DataSet data, Binarization binarization, int validation, long seed) {
    requireFit(data, binarization);
    Images all = data.train();
    Optional<Images> held = Optional.empty();
    if (validation > 0 && data.validation().isPresent()) {
      held = Optional.of(own(data, validation));
    } else if (validation > 0) {
      requireFewer(data, validation);
      Noise noise = Noise.of(seed).at(Noise.Purpose.SPLIT).at(VALIDATION);
      HeldOut split = HeldOut.of(all, validation, noise);
      all = split.train();
      held = Optional.of(split.test());
    }
    return new Parts(
        binarization,
        binarization == Binarization.DYNAMIC
            ? all
            : binarization.of(all, PixelDraws.Part.TRAIN, seed),
        held.map(images -> binarization.of(images, PixelDraws.Part.VALIDATION, seed)),
        binarization.ofTest(data.test(), seed),
        seed);
  }

  /** The batches of a training. */
  public Batches batches() {
    return binarization == Binarization.DYNAMIC
        ? new Batches(train, Optional.of(new PixelDraws(seed, PixelDraws.Part.TRAIN)))
        : new Batches(train);
  }

  private static void requireFit(DataSet data, Binarization binarization) {
    if (data.isBinarized() && binarization != Binarization.STATIC) {
      throw new InputException(
          "binarization: expected static, as the files of %s are, found %s; leave it out"
              .formatted(data.name(), binarization));
    }
    if (!data.isBinarized() && binarization == Binarization.STATIC) {
      throw new InputException(
          "binarization: expected grey, dynamic or threshold for %s, found static; static is for --dataset %s"
              .formatted(data.name(), KnownDataSet.BINARIZED_MNIST.name()));
    }
  }

  private static Images own(DataSet data, int validation) {
    Images own = data.validation().orElseThrow();
    if (validation != own.count()) {
      throw new InputException(
          "validation: expected %d, the validation images that %s has, found %d; change it"
              .formatted(own.count(), data.name(), validation));
    }
    return own;
  }

  private static void requireFewer(DataSet data, int validation) {
    if (validation >= data.train().count()) {
      throw new InputException(
          "validation: expected fewer than the %s training images of %s, found %s; change it"
              .formatted(
                  Numbers.grouped(data.train().count()), data.name(), Numbers.grouped(validation)));
    }
  }
}
