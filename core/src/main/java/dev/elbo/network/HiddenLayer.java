package dev.elbo.network;

import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tensor;
import java.util.List;

/** A layer with its nonlinearity. */
sealed interface HiddenLayer permits ActivatedDense, GatedDense {
  /** [rows, in] to [rows, out]. */
  Tensor of(Tensor x);

  List<Parameter> parameters();
}
