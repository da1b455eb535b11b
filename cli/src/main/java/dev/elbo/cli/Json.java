package dev.elbo.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.Numbers;
import java.math.BigDecimal;

/** What {@code --json} prints: one object on standard output, keys in a fixed order. */
final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.withExactBigDecimals(true).objectNode();
  }

  /** A finite number with its shortest digits; {@code null} for the others, which JSON lacks. */
  static BigDecimal number(double x) {
    return Double.isFinite(x) ? new BigDecimal(Numbers.text(x)) : null;
  }

  static String text(ObjectNode object) {
    return MAPPER.valueToTree(object).toPrettyString();
  }

  static void print(ObjectNode object) {
    System.out.println(text(object));
  }
}
