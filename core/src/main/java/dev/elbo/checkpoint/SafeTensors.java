package dev.elbo.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.elbo.InputException;
import dev.elbo.Numbers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The safetensors format (huggingface/safetensors, format 0.4) with F32 tensors, and Elbo's
 * checksum over the whole file; the package page describes both. Equal content gives equal bytes.
 */
public final class SafeTensors {
  /** The metadata key of the checksum. */
  static final String CHECKSUM = "sha256";

  static final int CHECKSUM_DIGITS = 64;
  private static final int ALIGNMENT = 8;
  static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private SafeTensors() {}

  /** The bytes of the file, checksum included. */
  public static byte[] encode(TensorFile file) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    int digitsAt = Long.BYTES + writeHeader(file, header);
    while (header.size() % ALIGNMENT != 0) {
      header.write(' ');
    }
    long size = Long.BYTES + header.size() + dataSize(file);
    if (size > MAX_ARRAY) {
      throw new InputException(
          "model: expected at most "
              + Numbers.grouped(MAX_ARRAY)
              + " bytes, found "
              + Numbers.grouped(size)
              + "; choose smaller hidden sizes");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.size()).put(header.toByteArray());
    for (NamedTensor tensor : file.tensors()) {
      bytes.asFloatBuffer().put(tensor.values());
      bytes.position(bytes.position() + tensor.values().length * Float.BYTES);
    }
    String checksum = HexFormat.of().formatHex(digest().digest(bytes.array()));
    return bytes.put(digitsAt, checksum.getBytes(StandardCharsets.US_ASCII)).array();
  }

  /** Reads a file and checks it; what is no regular file is refused before it is opened. */
  public static TensorFile read(Path path) {
    String name = path.toString();
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new InputException(
            name
                + ": expected a safetensors file, found "
                + (attributes.isDirectory() ? "a folder" : "a device or pipe")
                + "; give a file that Elbo wrote");
      }
      try (InputStream in = Files.newInputStream(path)) {
        return new SafeTensorsReader(name, attributes.size(), in).read();
      }
    } catch (IOException e) {
      throw FileProblem.of(path, "could not be read", e);
    }
  }

  /**
   * Reads to the end of a stream, such as a resource of the jar.
   *
   * @param name how it is called in errors
   */
  public static TensorFile read(InputStream in, String name) {
    try {
      return decode(in.readAllBytes(), name);
    } catch (IOException e) {
      throw FileProblem.of(name, "could not be read", e);
    }
  }

  /** The inverse of {@link #encode}; {@code name} is how the bytes are called in errors. */
  public static TensorFile decode(byte[] bytes, String name) {
    try {
      return new SafeTensorsReader(name, bytes.length, new ByteArrayInputStream(bytes)).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static long dataSize(TensorFile file) {
    return file.tensors().stream().mapToLong(t -> (long) t.values().length * Float.BYTES).sum();
  }

  /** Writes the JSON with a zeroed checksum and returns where in it the digits begin. */
  private static int writeHeader(TensorFile file, ByteArrayOutputStream out) {
    int digitsAt = 0;
    SortedMap<String, String> metadata = new TreeMap<>(file.metadata());
    metadata.put(CHECKSUM, "0".repeat(CHECKSUM_DIGITS));
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeObjectFieldStart(SafeTensorsHeader.METADATA);
      for (var entry : metadata.entrySet()) {
        json.writeFieldName(entry.getKey());
        if (entry.getKey().equals(CHECKSUM)) {
          json.flush();
          digitsAt = out.size() + ":\"".length();
        }
        json.writeString(entry.getValue());
      }
      json.writeEndObject();
      long begin = 0;
      for (NamedTensor tensor : file.tensors()) {
        long end = begin + (long) tensor.values().length * Float.BYTES;
        json.writeObjectFieldStart(tensor.name());
        json.writeStringField("dtype", "F32");
        json.writeArrayFieldStart("shape");
        for (int size : tensor.shape()) {
          json.writeNumber(size);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data_offsets");
        json.writeNumber(begin);
        json.writeNumber(end);
        json.writeEndArray();
        json.writeEndObject();
        begin = end;
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return digitsAt;
  }
}
