package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class PublishedRowTest {
  static final List<PublishedRow> rows = PublishedRow.ALL;

  /** Burda, Grosse and Salakhutdinov 2015, table 1, MNIST. */
  @ParameterizedTest
  @CsvSource({
    "burda-vae-1l-k1, 86.76, 1, ELBO, 1",
    "burda-vae-1l-k50, 86.35, 1, ELBO, 50",
    "burda-iwae-1l-k5, 85.54, 1, IWAE, 5",
    "burda-iwae-1l-k50, 84.78, 1, IWAE, 50",
    "burda-vae-2l-k1, 85.33, 2, ELBO, 1",
    "burda-iwae-2l-k50, 82.90, 2, IWAE, 50"
  })
  void burdasRowsAreTheirTable(
      String name, double theirs, int layers, ObjectiveKind objective, int samples) {
    PublishedRow row = PublishedRow.of(name);
    Config config = row.config();
    assertThat(row.theirs()).isEqualTo(theirs);
    assertThat(row.draws()).isEqualTo(5000);
    assertThat(row.preset()).isEqualTo("burda-" + layers + "l");
    assertThat(config.objective().kind()).isEqualTo(objective);
    assertThat(config.objective().samples()).isEqualTo(samples);
    assertThat(config.epochs()).isEqualTo(3280);
    assertThat(config.batchSize()).isEqualTo(20);
    assertThat(config.beta()).isEqualTo(1);
    assertThat(config.data().binarization().toString()).isEqualTo("dynamic");
  }

  @ParameterizedTest
  @FieldSource("rows")
  void asManyPassesAsPublishedAreTheProtocolItself(PublishedRow row) {
    assertThat(row.shortened(row.config().epochs())).isEqualTo(row.config());
    assertThat(row.shortened(1_000_000)).isEqualTo(row.config());
  }

  @ParameterizedTest
  @FieldSource("rows")
  void aTenthOfThePassesIsATenthOfAllThatIsCountedInThem(PublishedRow row) {
    Config whole = row.config();
    Config tenth = row.shortened(whole.epochs() / 10);
    assertThat(tenth.epochs()).isEqualTo(whole.epochs() / 10);
    assertThat(tenth.objective().klWarmup() * 10).isEqualTo(whole.objective().klWarmup());
    assertThat(tenth.schedule().patience() * 10).isEqualTo(whole.schedule().patience());
    assertThat(tenth.schedule().steps().stream().map(step -> step * 10).toList())
        .isEqualTo(whole.schedule().steps());
    assertThat(tenth.vae()).isEqualTo(whole.vae());
    assertThat(tenth.learningRate()).isEqualTo(whole.learningRate());
  }

  @Test
  void stepsThatFallTogetherStayAscending() {
    assertThat(PublishedRow.of("pythae-vae").shortened(2).schedule().steps())
        .containsExactly(1, 2, 3);
  }

  @Test
  void aWrongNameSuggestsTheNearest() {
    assertThatThrownBy(() -> PublishedRow.of("burda-vae-1l-k2"))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            "row: expected a published row, found burda-vae-1l-k2; did you mean burda-vae-1l-k\\d+\\?");
    assertThatThrownBy(() -> PublishedRow.of("nonsense"))
        .hasMessage(
            "row: expected a published row, found nonsense; elbo reproduce --list names them");
  }
}
