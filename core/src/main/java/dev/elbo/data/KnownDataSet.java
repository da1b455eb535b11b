package dev.elbo.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A published data set: its files in the order of {@link Role}, the mirrors that serve them, in the
 * order tried, and the {@link ContentHash} of the whole. Another data set is another row.
 *
 * @param mirrors base addresses ending in a slash; a file's name is appended
 */
public record KnownDataSet(
    String name,
    String description,
    List<KnownFile> files,
    List<URI> mirrors,
    String contentSha256) {

  /** Texts do not say how high and wide their images are. */
  private static final int SIDE = 28;

  /** LeCun, Cortes and Burges; sums as verified by TensorFlow Datasets and torchvision. */
  public static final KnownDataSet MNIST =
      new KnownDataSet(
          "mnist",
          "handwritten digits, 60,000 + 10,000 of 28×28, ten classes",
          List.of(
              new KnownFile(
                  Role.TRAIN_IMAGES,
                  9_912_422,
                  "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                  47_040_016,
                  "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
              new KnownFile(
                  Role.TRAIN_LABELS,
                  28_881,
                  "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                  60_008,
                  "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
              new KnownFile(
                  Role.TEST_IMAGES,
                  1_648_877,
                  "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                  7_840_016,
                  "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
              new KnownFile(
                  Role.TEST_LABELS,
                  4_542,
                  "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                  10_008,
                  "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")),
          List.of(
              URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
              URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
              URI.create("https://raw.githubusercontent.com/fgnt/mnist/master/"),
              // Last: the authors' own server has often been closed to programs.
              URI.create("http://yann.lecun.com/exdb/mnist/")),
          "fbcb168b163e1d455a879ad8f162388e28ca927be5e284bc5f874f159bbb6737");

  /** Xiao, Rasul and Vollgraf, Zalando Research (MIT licence); gzip sums as verified by Keras. */
  public static final KnownDataSet FASHION_MNIST =
      new KnownDataSet(
          "fashion-mnist",
          "clothes, 60,000 + 10,000 of 28×28, ten classes",
          List.of(
              new KnownFile(
                  Role.TRAIN_IMAGES,
                  26_421_880,
                  "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                  47_040_016,
                  "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
              new KnownFile(
                  Role.TRAIN_LABELS,
                  29_515,
                  "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                  60_008,
                  "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
              new KnownFile(
                  Role.TEST_IMAGES,
                  4_422_102,
                  "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                  7_840_016,
                  "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
              new KnownFile(
                  Role.TEST_LABELS,
                  5_148,
                  "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
                  10_008,
                  "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")),
          List.of(
              URI.create("https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
              URI.create(
                  "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/"),
              URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
          "0f4900c9c2191f1193b9483c4116193800373a19b854c4c628c9135483371dc8");

  /** Salakhutdinov and Murray 2008, as published by Larochelle; sums as in TensorFlow Datasets. */
  public static final KnownDataSet BINARIZED_MNIST =
      new KnownDataSet(
          "binarized-mnist",
          "MNIST binarized once, 50,000 + 10,000 (validation) + 10,000 of 28×28, no labels",
          List.of(
              KnownFile.text(
                  Role.TRAIN_TEXT,
                  78_400_000,
                  "ad693b29f94c14277b095f5238ddefbbdaaae0939789dd2f4f0205278cee3e4d"),
              KnownFile.text(
                  Role.VALIDATION_TEXT,
                  15_680_000,
                  "1de3d397c40fe8eeb33dafd4099a1f665ec01e96d9be234aaeeac8a34930e2e2"),
              KnownFile.text(
                  Role.TEST_TEXT,
                  15_680_000,
                  "e6687bfea3f820c174f33b7865140b2a2dd2930ef786f35d45795fc193b5ab2c")),
          List.of(
              URI.create("http://www.cs.toronto.edu/~larocheh/public/datasets/binarized_mnist/")),
          "c6f3440d27c0ac8d8eb892c6c5dfd10ab8213f8e8f02480d6eb321fc455d42c2");

  /** Every data set that Elbo knows by name; the first is the default. */
  public static final List<KnownDataSet> ALL = List.of(MNIST, FASHION_MNIST, BINARIZED_MNIST);

  public KnownDataSet {
    files = List.copyOf(files);
    mirrors = List.copyOf(mirrors);
    List<Role> roles = files.stream().map(KnownFile::role).toList();
    if (!roles.equals(Role.IDX) && !roles.equals(Role.TEXTS)) {
      throw new IllegalArgumentException(name + ": expected one file for each role, in order");
    }
  }

  /** Reads the files, which must be the published ones and come in their order. */
  DataSet read(List<Path> paths, String location) {
    if (files.get(0).role().isText()) {
      Images train = text(0, paths);
      Images validation = text(1, paths);
      Images test = text(2, paths);
      String sha256 = ContentHash.of(train, validation, test);
      return new DataSet(name, train, Optional.of(validation), test, sha256, location);
    }
    Images train = Idx.images(paths.get(0), Optional.of(paths.get(1)), Locator.WAY_OUT);
    Images test = Idx.images(paths.get(2), Optional.of(paths.get(3)), Locator.WAY_OUT);
    return new DataSet(name, train, test, ContentHash.of(train, test), location);
  }

  private Images text(int file, List<Path> paths) {
    return Amat.read(paths.get(file), files.get(file).bytes(), Locator.WAY_OUT)
        .images(SIDE, SIDE, Locator.WAY_OUT);
  }
}
