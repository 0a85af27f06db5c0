package dev.rekey.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kubeconfig that other tools take when none is named. */
final class StandardKubeconfig {
  private StandardKubeconfig() {}

  /**
   * The file in {@code $KUBECONFIG}, or {@code ~/.kube/config}.
   *
   * @param variable what {@code $KUBECONFIG} holds; null if it isn't set
   * @throws BadOption if it names several files, which kubectl would merge
   */
  static Path of(@Nullable String variable, Path home) {
    List<String> files =
        Arrays.stream((variable == null ? "" : variable).split(File.pathSeparator, -1))
            .filter(file -> !file.isBlank())
            .toList();
    if (files.size() > 1) {
      throw new BadOption(
          "KUBECONFIG names " + files.size() + " files",
          "one; name it with --kubeconfig, or merge them with `kubectl config view --flatten`");
    }
    return files.isEmpty() ? home.resolve(Path.of(".kube", "config")) : Path.of(files.get(0));
  }
}
