package dev.rekey.kubernetes;

import static dev.rekey.kubernetes.Fixtures.stream;
import static dev.rekey.kubernetes.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PatchedVersionTest {

  @Test
  void theVersionIsTheObjectsOwn() throws IOException {
    assertThat(PatchedVersion.read(stream(text("patch-200.json")), "s1")).isEqualTo("203");
  }

  @Test
  void anAnswerAboutAnotherSecretOrSeveralIsRefused() {
    for (String file : new String[] {"patch-200.json", "secrets-page.json"}) {
      assertThatThrownBy(() -> PatchedVersion.read(stream(text(file)), "s2"))
          .as(file)
          .isInstanceOf(NotUnderstood.class);
    }
  }

  @Test
  void metadataWithTheVersionIsRefusedToo() {
    assertThatThrownBy(() -> PatchedVersion.read(stream(text("patch-200-with-object.json")), "s1"))
        .isInstanceOf(NotUnderstood.class);
  }
}
