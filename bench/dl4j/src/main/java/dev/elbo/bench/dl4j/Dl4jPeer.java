package dev.elbo.bench.dl4j;

import dev.elbo.bench.peer.Digits;
import dev.elbo.bench.peer.Lap;
import dev.elbo.bench.peer.PeerLoop;
import dev.elbo.bench.peer.Task;
import dev.elbo.bench.peer.Work;
import dev.elbo.data.Images;
import dev.elbo.data.Role;
import dev.elbo.model.Config;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Deeplearning4j's VAE layer in a JVM of its own. Its loss has β = 1, as the layer knows no other;
 * the arithmetic is the same. Argument: data folder.
 */
public final class Dl4jPeer {
  private Dl4jPeer() {}

  public static void main(String[] arguments) throws IOException {
    Nd4j.create(1);
    PeerLoop.serve(new Engine(arguments[0]));
  }

  private record Engine(String data) implements PeerLoop.Engine {
    @Override
    public String description() {
      return "Deeplearning4j";
    }

    @Override
    public Task prepare(Work work) {
      if (work instanceof Work.Step step) {
        return new Step(step, Digits.first(Digits.load(data, Role.TRAIN_IMAGES), step.images()));
      }
      throw new UnsupportedOperationException("Deeplearning4j is measured at training only");
    }
  }

  private static final class Step implements Task {
    private final MultiLayerNetwork net;
    private final float[] pixels;
    private final int images;
    private final int batch;
    private final Random random = new Random(1);

    Step(Work.Step work, Images images) {
      int[] hidden = work.hidden().stream().mapToInt(Integer::intValue).toArray();
      pixels = Digits.floats(images);
      this.images = images.count();
      batch = Math.min(work.batch(), images.count());
      net =
          new MultiLayerNetwork(
              new NeuralNetConfiguration.Builder()
                  .seed(1)
                  .updater(new Adam(Config.DEFAULT.learningRate()))
                  .list()
                  .layer(
                      new VariationalAutoencoder.Builder()
                          .nIn(Work.PIXELS)
                          .nOut(work.latent())
                          .encoderLayerSizes(hidden)
                          .decoderLayerSizes(hidden)
                          .activation(Activation.RELU)
                          .pzxActivationFunction(Activation.IDENTITY)
                          .reconstructionDistribution(
                              new BernoulliReconstructionDistribution(Activation.SIGMOID))
                          .build())
                  .build());
      net.init();
    }

    @Override
    public Lap run(int steps, long limitNanos) {
      return Lap.of(steps, limitNanos, this::step);
    }

    private double step() {
      float[] rows = new float[batch * Work.PIXELS];
      for (int i = 0; i < batch; i++) {
        int from = random.nextInt(images) * Work.PIXELS;
        System.arraycopy(pixels, from, rows, i * Work.PIXELS, Work.PIXELS);
      }
      INDArray x = Nd4j.createFromArray(rows).reshape(batch, Work.PIXELS); // [batch, pixels]
      net.pretrainLayer(0, x);
      return net.getLayer(0).score();
    }
  }
}
