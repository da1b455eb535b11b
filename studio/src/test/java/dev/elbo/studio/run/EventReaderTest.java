package dev.elbo.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.training.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReaderTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("events.jsonl");
  }

  private static String line(long id, String text) {
    return "{\"id\":%d,\"epoch\":1,\"event\":\"warning\",\"data\":{\"text\":\"%s\"}}%n"
        .formatted(id, text)
        .replace("\r", "");
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static List<Long> ids(List<RunEvent> events) {
    return events.stream().map(RunEvent::id).toList();
  }

  @Test
  void aFileThatIsNotThereYetHasNone() throws IOException {
    EventReader reader = new EventReader(file, 0);
    assertThat(reader.next()).isEmpty();
    append(line(1, "a"));
    assertThat(ids(reader.next())).containsExactly(1L);
  }

  @Test
  void halfALineWaitsForItsEnd() throws IOException {
    EventReader reader = new EventReader(file, 0);
    String second = line(2, "b");
    append(line(1, "a") + second.substring(0, 20));
    assertThat(ids(reader.next())).containsExactly(1L);
    assertThat(reader.next()).isEmpty();
    assertThat(reader.isBehind()).isTrue();
    append(second.substring(20));
    assertThat(ids(reader.next())).containsExactly(2L);
    assertThat(reader.isBehind()).isFalse();
  }

  @Test
  void whatIsKnownIsPassedOver() throws IOException {
    append(line(1, "a") + line(2, "b") + line(3, "c"));
    assertThat(ids(new EventReader(file, 2).next())).containsExactly(3L);
    assertThat(new EventReader(file, 3).next()).isEmpty();
  }

  /** As resuming does it: a shorter file moved over this one, which then grows otherwise. */
  @Test
  void aFileThatIsCutBackIsReadAnewWithoutRepeating() throws IOException {
    EventReader reader = new EventReader(file, 0);
    append(line(1, "a") + line(2, "b") + line(3, "c"));
    assertThat(ids(reader.next())).containsExactly(1L, 2L, 3L);
    Path shorter = folder.resolve("shorter");
    Files.writeString(shorter, line(1, "a"));
    Files.move(shorter, file, StandardCopyOption.REPLACE_EXISTING);
    append(line(2, "another text, longer than before") + line(3, "c") + line(4, "d"));
    assertThat(ids(reader.next())).containsExactly(4L);
  }

  @Test
  void aLineLongerThanAPieceComesWhole() throws IOException {
    EventReader reader = new EventReader(file, 0);
    append(line(1, "a") + line(2, "b".repeat(3_000_000)) + line(3, "c"));
    List<Long> found = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      found.addAll(ids(reader.next()));
    }
    assertThat(found).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aLineThatIsNoEventIsPassedOver() throws IOException {
    append(line(1, "a") + "{\n\n" + line(2, "b"));
    assertThat(ids(new EventReader(file, 0).next())).containsExactly(1L, 2L);
  }
}
