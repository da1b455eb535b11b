package dev.elbo.studio.map;

import dev.elbo.latent.Codes;
import dev.elbo.map.Cloud;
import dev.elbo.map.PrincipalPlane;
import dev.elbo.studio.model.MapImages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The posterior means of a model's images and their map on the principal plane. Of a model with two
 * latent dimensions the plane is the latent space itself.
 *
 * @param means [images, latent]
 * @param map point i is image i
 */
public record PrincipalMap(MapImages images, Cloud means, PrincipalPlane plane, Cloud map) {

  public static PrincipalMap of(MapImages images) {
    Codes codes = images.codes();
    Cloud means = new Cloud(codes.count(), codes.latentSize(), codes.mu());
    PrincipalPlane plane =
        codes.latentSize() == 2 ? PrincipalPlane.ofItself(means) : PrincipalPlane.of(means);
    return new PrincipalMap(images, means, plane, plane.project(means));
  }

  public int count() {
    return means.count();
  }

  /** The first codes, of which a t-SNE is made: test images come first. */
  Cloud firstMeans(int most) {
    return first(means, most);
  }

  Cloud firstOfMap(int most) {
    return first(map, most);
  }

  private static Cloud first(Cloud cloud, int most) {
    int count = Math.min(most, cloud.count());
    return new Cloud(
        count, cloud.dimensions(), Arrays.copyOf(cloud.values(), count * cloud.dimensions()));
  }

  /** A digest of codes: another model, or other images, have another. */
  static String digestOf(Cloud means) {
    ByteBuffer bytes =
        ByteBuffer.allocate(means.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(means.values());
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
