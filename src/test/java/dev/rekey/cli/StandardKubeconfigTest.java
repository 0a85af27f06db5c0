package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Which kubeconfig is taken when none is named: that of other tools. */
class StandardKubeconfigTest {
  private static final Path HOME = Path.of("home");

  @Test
  void variableNotSetOrEmpty_theOneInTheHomeFolder() {
    assertThat(StandardKubeconfig.of(null, HOME)).isEqualTo(HOME.resolve(".kube/config"));
    assertThat(StandardKubeconfig.of("", HOME)).isEqualTo(HOME.resolve(".kube/config"));
  }

  @Test
  void variableNamesAFile_thatFile() {
    assertThat(StandardKubeconfig.of("some/file", HOME)).isEqualTo(Path.of("some/file"));
  }

  @Test
  void variableNamesSeveral_noneIsPickedInSilence() {
    assertThatThrownBy(() -> StandardKubeconfig.of("a" + File.pathSeparator + "b", HOME))
        .isInstanceOf(BadOption.class)
        .hasMessageContaining("KUBECONFIG names 2 files")
        .hasMessageContaining("--kubeconfig");
  }
}
