package dev.elbo.model;

/**
 * Whether the model is one of images given their class, p(x|y).
 *
 * @param classes as many as the data has; without meaning where it is not conditional
 */
public record LabelConfig(boolean conditional, int classes) {
  public LabelConfig {
    ConfigKey.CLASSES.require(classes);
  }

  static LabelConfig of(Values values) {
    return new LabelConfig(values.truth(ConfigKey.CONDITIONAL), values.whole(ConfigKey.CLASSES));
  }

  /** Inputs that labels add to those of the networks on images. */
  int columns() {
    return conditional ? classes : 0;
  }
}
