package dev.elbo.checkpoint;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model or checkpoint file holds: text by key, and tensors in the order of the file.
 *
 * @param metadata without {@code sha256}, which belongs to the file's bytes and not to its content
 * @param tensors at most {@link #MAX_TENSORS}, no name twice
 */
public record TensorFile(SortedMap<String, String> metadata, List<NamedTensor> tensors) {
  /** Far above any model here; keeps a hostile header from costing more memory than its file. */
  static final int MAX_TENSORS = 65_536;

  public TensorFile {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    tensors = List.copyOf(tensors);
    if (metadata.containsKey(SafeTensors.CHECKSUM)) {
      throw new IllegalArgumentException(SafeTensors.CHECKSUM + " is computed on writing");
    }
    if (metadata.size() >= MAX_TENSORS || tensors.size() > MAX_TENSORS) {
      throw new IllegalArgumentException("more than " + MAX_TENSORS + " entries");
    }
    Set<String> names = new HashSet<>();
    for (NamedTensor tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw new IllegalArgumentException(tensor.name() + " is there twice");
      }
    }
  }

  public Optional<NamedTensor> tensor(String name) {
    return tensors.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /**
   * Refuses NaN and infinities, which the format allows and no model of ours may hold.
   *
   * @param file how the file is called in the error
   */
  public TensorFile requireFinite(String file) {
    for (NamedTensor tensor : tensors) {
      float[] values = tensor.values();
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          throw new InputException(
              file
                  + ": expected finite numbers, found "
                  + Numbers.text(values[i])
                  + " at position "
                  + i
                  + " of "
                  + SafeTensorsHeader.shown(tensor.name())
                  + "; use an earlier checkpoint or train again");
        }
      }
    }
    return this;
  }
}
