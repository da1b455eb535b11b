package dev.elbo.picture;

import java.util.Optional;

/**
 * A user's image as the models see it.
 *
 * @param pixels {@code [height · width]}, 0 for background, 1 for full ink
 * @param note what was done to it that the user should know, as one line that names the file
 */
public record GreyImage(int height, int width, float[] pixels, Optional<String> note) {}
