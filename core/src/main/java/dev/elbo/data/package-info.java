/**
 * Images and where they come from.
 *
 * <p>Data flows one way: a name or a folder → {@link DataSets} → files found by {@link Locator} or
 * fetched by {@link Downloader} → bytes checked by {@link Idx} → {@link Images} → {@link DataSet}.
 * Pixels stay bytes, 0 for background and 255 for full ink, until a batch is gathered.
 *
 * <p>Shapes: images are {@code [count, height, width]}, row-major; D = height · width is the size
 * of one image; labels are {@code [count]}, a byte each, read as unsigned.
 *
 * <p>Trust: everything read here is foreign. Sizes in a header are promises, believed as bytes
 * arrive; whatever is wrong with a file is one {@link dev.elbo.InputException} that names it.
 */
package dev.elbo.data;
