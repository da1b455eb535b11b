package dev.elbo.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.elbo.InputException;
import dev.elbo.Numbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parses the JSON header token by token, so that a hostile one costs no recursion and no tree, and
 * checks each entry by itself; {@link SafeTensorsReader} checks how entries lie together.
 */
final class SafeTensorsHeader {
  static final String METADATA = "__metadata__";

  /** One tensor: bytes {@code begin} to {@code end} of the data part hold its values. */
  record Entry(String name, List<Integer> shape, long begin, long end) {}

  private static final int LONGEST_SHOWN = 60;
  private static final String MOST = Numbers.grouped(TensorFile.MAX_TENSORS);

  /** Interning would fill a table of the whole JVM with the names of a hostile file. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(SafeTensorsReader.MAX_HEADER).build())
          .build();

  private final String file;
  private final byte[] header;
  private final SortedMap<String, String> metadata = new TreeMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private int checksumAt = -1;

  SafeTensorsHeader(String file, byte[] header) {
    this.file = file;
    this.header = header;
    // A zero byte would make the parser guess UTF-16 or UTF-32.
    if (header.length < 2 || header[0] != '{' || header[1] == 0) {
      throw bad("expected a JSON object as the header of a safetensors file, found none");
    }
    try (JsonParser json = JSON.createParser(header)) {
      json.nextToken();
      parse(json);
      if (json.nextToken() != null) {
        throw bad("expected spaces after the header's closing brace, found more JSON");
      }
    } catch (JsonProcessingException e) {
      throw bad("expected JSON in the header, found an error in it", e);
    } catch (IOException e) {
      throw new AssertionError("a byte array can be read", e);
    }
  }

  /** All of it, {@code sha256} included. */
  SortedMap<String, String> metadata() {
    return metadata;
  }

  /** In the order of the header. */
  List<Entry> entries() {
    return entries;
  }

  /** Where in the header the checksum's first digit would be, or −1 without a checksum. */
  int checksumAt() {
    return checksumAt;
  }

  /** A name out of a file, fit for one line of an error: short, and without control characters. */
  static String shown(String name) {
    String line = name.replaceAll("\\p{C}", "?");
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
  }

  private void parse(JsonParser json) throws IOException {
    Set<String> names = new HashSet<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = encodable(json.currentName());
      if (!names.add(name)) {
        throw bad("expected each name once in the header, found " + shown(name) + " twice");
      }
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw bad(shown(name) + ": expected a JSON object in the header, found another value");
      }
      if (name.equals(METADATA)) {
        parseMetadata(json);
      } else if (entries.size() == TensorFile.MAX_TENSORS) {
        throw bad("expected at most " + MOST + " tensors, found more");
      } else {
        entries.add(parseTensor(json, name));
      }
    }
  }

  private void parseMetadata(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = encodable(json.currentName());
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw bad("expected text for metadata " + shown(key) + ", found another value");
      }
      if (key.equals(SafeTensors.CHECKSUM)) {
        checksumAt = Math.toIntExact(json.currentTokenLocation().getByteOffset()) + 1;
      }
      if (metadata.put(key, encodable(json.getText())) != null) {
        throw bad("expected each metadata key once, found " + shown(key) + " twice");
      }
      if (metadata.size() > TensorFile.MAX_TENSORS) {
        throw bad("expected at most " + MOST + " metadata keys, found more");
      }
    }
  }

  private Entry parseTensor(JsonParser json, String name) throws IOException {
    String type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      if (key.equals("dtype") && type == null && json.hasToken(JsonToken.VALUE_STRING)) {
        type = json.getText();
      } else if (key.equals("shape") && shape == null) {
        shape = parseSizes(json, name, key, NamedTensor.MAX_RANK);
      } else if (key.equals("data_offsets") && offsets == null) {
        offsets = parseSizes(json, name, key, 2);
      } else {
        throw bad(
            shown(name)
                + ": expected one each of dtype, shape and data_offsets, found a wrong or repeated "
                + shown(key));
      }
    }
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw bad(shown(name) + ": expected dtype, shape and two data_offsets, found less");
    }
    if (!type.equals("F32")) {
      throw bad(shown(name) + ": expected dtype F32, found " + shown(type));
    }
    return entry(name, shape, offsets.get(0), offsets.get(1));
  }

  private Entry entry(String name, List<Long> sizes, long begin, long end) {
    long count = 1;
    List<Integer> shape = new ArrayList<>();
    for (long size : sizes) {
      // Both factors are at most 2³¹, so the product cannot overflow before it is refused.
      count = size > Integer.MAX_VALUE ? Long.MAX_VALUE : count * size;
      if (count > SafeTensors.MAX_ARRAY) {
        throw bad(shown(name) + ": expected fewer than 2³¹ values, found shape " + sizes);
      }
      shape.add((int) size);
    }
    if (begin > end || end - begin != count * Float.BYTES) {
      throw bad(
          shown(name)
              + ": expected "
              + Numbers.grouped(count * Float.BYTES)
              + " bytes for shape "
              + shape
              + ", found data_offsets ["
              + begin
              + ", "
              + end
              + "]");
    }
    return new Entry(name, List.copyOf(shape), begin, end);
  }

  private List<Long> parseSizes(JsonParser json, String name, String key, int most)
      throws IOException {
    String expected = shown(name) + ": expected at most " + most + " whole numbers as " + key;
    if (!json.hasToken(JsonToken.START_ARRAY)) {
      throw bad(expected + ", found another value");
    }
    List<Long> sizes = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!json.hasToken(JsonToken.VALUE_NUMBER_INT)) {
        throw bad(expected + ", found another value among them");
      }
      if (sizes.size() == most) {
        throw bad(expected + ", found more");
      }
      if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw bad(expected + ", found one past 2⁶³");
      }
      if (json.getLongValue() < 0) {
        throw bad(expected + ", found the negative " + json.getLongValue());
      }
      sizes.add(json.getLongValue());
    }
    return sizes;
  }

  /** Half a surrogate pair can be escaped in JSON but not be written again. */
  private String encodable(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw bad("expected Unicode text, found half a surrogate pair in " + shown(text));
    }
    return text;
  }

  private InputException bad(String what) {
    return bad(what, null);
  }

  private InputException bad(String what, Throwable cause) {
    return SafeTensorsReader.refused(file, what, cause);
  }
}
