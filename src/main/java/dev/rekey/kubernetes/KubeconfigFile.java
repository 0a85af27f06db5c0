package dev.rekey.kubernetes;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads a kubeconfig's text, or says which of the many ways in which a path can be wrong it is. */
final class KubeconfigFile {
  /** Real ones have a few kilobytes; the largest that people merge, some hundred. */
  private static final long MOST_BYTES = 16L << 20;

  private KubeconfigFile() {}

  static String text(Path file) {
    if (!Files.exists(file)) {
      throw invalid(
          file,
          "there is no such file; type `az aks get-credentials --file " + file + " …` to write it");
    }
    if (Files.isDirectory(file)) {
      throw invalid(file, "it is a folder; a file was expected, such as " + file.resolve("config"));
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw invalid(file, "it has more than 16 MiB; a kubeconfig was expected");
      }
      return Files.readString(file);
    } catch (CharacterCodingException noText) {
      throw invalid(file, "it is not UTF-8 text; a kubeconfig in YAML was expected");
    } catch (IOException unreadable) {
      throw invalid(file, "it can't be read; look with `ls -l " + file + "` who may");
    }
  }

  private static InvalidKubeconfig invalid(Path file, String problem) {
    return new InvalidKubeconfig(file.toString(), List.of(problem));
  }
}
