package dev.elbo.studio.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON in and out. Numbers are written as the shortest decimal that reads back as the same, by one
 * algorithm on every JDK; what is read is bounded in depth and in the length of every token.
 */
public final class Json {
  private static final int DEEPEST = 16;
  private static final int LONGEST_NUMBER = 64;
  private static final int LONGEST_NAME = 256;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxNameLength(LONGEST_NAME)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // JSON is UTF-8 (RFC 8259); a guess by the first bytes takes zeros for UTF-32.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .build();

  private static final JsonMapper MAPPER = new JsonMapper(FACTORY);

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a document. */
  @FunctionalInterface
  public interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /** For arrays that would be large as nodes. */
  public static byte[] write(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A parser of one document, for arrays that would be large as nodes. */
  public static JsonParser parser(byte[] bytes) throws IOException {
    return FACTORY.createParser(bytes);
  }

  /** A document of our own. */
  static JsonNode tree(byte[] bytes) throws IOException {
    return MAPPER.readTree(bytes);
  }

  /**
   * A small document.
   *
   * @throws Problem where it is none
   */
  public static JsonNode parse(byte[] bytes) {
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      JsonNode node = MAPPER.readTree(parser);
      if (node == null) {
        throw new Problem(400, sentence("body", "nothing"));
      }
      if (parser.nextToken() != null) {
        throw new Problem(400, sentence("body", "more after its end"));
      }
      return node;
    } catch (IOException e) {
      throw new Problem(400, malformed("body", e));
    }
  }

  /**
   * What is wrong with a document, in a sentence.
   *
   * @param what it is called, or the value in it that was being read
   */
  public static String malformed(String what, IOException e) {
    JsonLocation at =
        e instanceof JsonProcessingException fault && fault.getLocation() != null
            ? fault.getLocation()
            : JsonLocation.NA;
    long line = Math.max(1, at.getLineNr());
    long column = Math.max(1, at.getColumnNr());
    return sentence(what, "a fault at line %d, column %d".formatted(line, column));
  }

  private static String sentence(String what, String found) {
    return "%s: expected JSON of at most %d levels, found %s".formatted(what, DEEPEST, found);
  }
}
