package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.Numbers;
import dev.elbo.evaluation.SelfTest;
import dev.elbo.kernel.Kernels;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.studio.http.Limits;
import dev.elbo.studio.model.ModelSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ReadinessTest {
  private static final VaeConfig SHAPE =
      new VaeConfig(784, List.of(8), 2, Activation.RELU, LikelihoodKind.BERNOULLI);

  private static double elbo() {
    return SelfTest.elbo(new Vae(SHAPE, 1), 28, 28, Kernels.plain());
  }

  private static Studio start(ModelSource... models) {
    return Studios.start(Limits.DEFAULT, Optional.empty(), models);
  }

  @Test
  void aModelThatComputesWhatItsFileSaysIsReady() throws InterruptedException {
    String stored = Numbers.text(elbo());
    try (Studio studio = start(Studios.untrained("m", SHAPE, SelfTest.FIGURE, stored))) {
      Wire wire = new Wire(studio.port());
      assertThat(wire.get("/healthz").send().text()).isEqualTo("ok");
      Studios.awaitReady(wire);
      assertThat(wire.get("/readyz").send().text()).isEqualTo("ready");
    }
  }

  @Test
  void oneThatIsOffByAnUlpIsNeverReadyThoughItLives() throws InterruptedException {
    String stored = Numbers.text(Math.nextUp(elbo()));
    try (Studio studio =
        start(ModelSource.pretrained(), Studios.untrained("m", SHAPE, SelfTest.FIGURE, stored))) {
      Wire wire = new Wire(studio.port());
      Wire.Reply reply = wire.get("/readyz").send();
      while (reply.text().endsWith("has not ended yet")) {
        Thread.sleep(5);
        reply = wire.get("/readyz").send();
      }
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.text())
          .isEqualTo(
              "m: expected a self-test ELBO of %s as its file says, computed %s with plain kernels; set ELBO_KERNELS=plain or use another Java"
                  .formatted(stored, Numbers.text(elbo())));
      assertThat(wire.get("/healthz").send().status()).isEqualTo(200);
    }
  }

  @Test
  void aModelFromBeforeThereWereSelfTestsIsReadyWhenItIsFinite() throws InterruptedException {
    try (Studio studio = start(Studios.untrained("m", SHAPE))) {
      Studios.awaitReady(new Wire(studio.port()));
    }
  }

  @Test
  void oneThatIsNotFiniteIsNot() throws InterruptedException {
    ModelSource broken = Studios.untrained("m", SHAPE);
    broken.model().vae().parameters().stream()
        .filter(parameter -> parameter.name().equals("mean.bias"))
        .forEach(parameter -> parameter.set(new float[] {Float.MAX_VALUE, Float.MAX_VALUE}));
    try (Studio studio = start(broken)) {
      Wire wire = new Wire(studio.port());
      Wire.Reply reply = wire.get("/readyz").send();
      while (reply.text().endsWith("has not ended yet")) {
        Thread.sleep(5);
        reply = wire.get("/readyz").send();
      }
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.text()).startsWith("m: expected a finite self-test, found ");
    }
  }
}
