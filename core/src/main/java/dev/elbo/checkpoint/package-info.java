/**
 * What Elbo writes to last: model files, checkpoints, and the file operations that survive a crash.
 *
 * <p>A model file is a safetensors file, readable by any tool that knows the format:
 *
 * <pre>
 *   8 bytes   length of the header, little-endian
 *   header    JSON in UTF-8 without blanks, filled up with spaces to a multiple of 8 bytes:
 *             {"__metadata__":{"config":"…", … ,"sha256":"64 hexadecimal digits", … },
 *              "encoder.0.weight":{"dtype":"F32","shape":[128,784],"data_offsets":[0,401408]}, …}
 *   data      little-endian floats, tensor after tensor without gaps, row-major
 * </pre>
 *
 * <p>{@code __metadata__} comes first with its keys in order; the tensors follow in the order they
 * were given, which is their order in the data. So equal content gives equal bytes. The metadata
 * values are text; which keys a model carries is the business of whoever saves it.
 *
 * <p>{@code sha256} is the SHA-256 of the whole file with these 64 digits replaced by {@code 0}. A
 * file without it was not written by Elbo, one with another was altered; both are refused.
 *
 * <p>Every write goes through a {@link dev.elbo.checkpoint.Disk}: to a temporary file beside the
 * target ({@code .name.tmp-…}), forced, moved into place, and the folder forced.
 */
package dev.elbo.checkpoint;
