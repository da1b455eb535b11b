package dev.elbo.studio.map;

import dev.elbo.kernel.Team;
import dev.elbo.latent.Codes;
import dev.elbo.map.Cloud;
import dev.elbo.map.PrincipalPlane;
import dev.elbo.map.Trustworthiness;
import dev.elbo.studio.model.MapImages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

  /**
   * Of the plane, on the first points; of all points it would take hours.
   *
   * @return NaN where there are too few
   */
  public double trustworthiness(int points, Team team) {
    return trustworthiness(means.first(points), map.first(points), team);
  }

  static double trustworthiness(Cloud space, Cloud map, Team team) {
    return space.count() > 2 * Trustworthiness.NEIGHBOURS
        ? Trustworthiness.of(space, map, team)
        : Double.NaN;
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
