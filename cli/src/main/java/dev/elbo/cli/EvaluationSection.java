package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A part of what {@code elbo evaluate} has measured. */
interface EvaluationSection {
  /** For people, on standard output. */
  void print();

  /** All of it, with every digit, for {@code evaluation.json}. */
  void put(ObjectNode object);
}
