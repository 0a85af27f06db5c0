package dev.rekey.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
  @TempDir Path folder;

  @Test
  void installedBinariesComeBeforeBuiltOnes() throws IOException {
    Path etcd = Files.createFile(folder.resolve("etcd"));
    assertThat(etcd.toFile().setExecutable(true)).isTrue();

    assertThat(new Binaries(Map.of("KUBEBUILDER_ASSETS", folder.toString())).find("etcd"))
        .isEqualTo(etcd);
  }

  @Test
  void aFolderWithoutTheBinaryIsNamed() {
    Binaries binaries = new Binaries(Map.of("KUBEBUILDER_ASSETS", folder.toString()));

    assertThatThrownBy(() -> binaries.find("etcd"))
        .hasMessageContaining(folder.resolve("etcd").toString());
  }

  @Test
  void aBuiltBinaryIsFoundInTheCacheByTheHashOfItsSources() throws IOException {
    Path cached = folder.resolve("etcd-" + Binaries.hash(Path.of("src/testbed/etcd")));
    Path etcd = Files.createFile(Files.createDirectories(cached).resolve("etcd"));
    assertThat(etcd.toFile().setExecutable(true)).isTrue();

    assertThat(new Binaries(Map.of("REKEY_CACHE", folder.toString())).find("etcd")).isEqualTo(etcd);
  }

  @Test
  void theCacheFollowsTheDesktopsConvention() {
    assertThat(new Binaries(Map.of("XDG_CACHE_HOME", "/cache")).cache())
        .isEqualTo(Path.of("/cache/rekey"));
  }
}
