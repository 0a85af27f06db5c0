package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rekey.fuzz.Canary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Files of the records' folder, whoever has written them. */
class FolderFilesFuzzTest {
  private static final Path FILE = Path.of("row");

  /** The hash in it is one that a fuzzer never finds, so its text is also taken as a row's. */
  @FuzzTest
  void anyRowFile_isWhatWeWriteOrDamaged(byte[] input) {
    String content = text(input);
    Files.readRow(content);
    Files.readRow("rekey-row 1\nkey\n7 " + Sha256.hex(content) + "\n" + content);
    Files.readRow("rekey-row 1\n" + content + " " + Sha256.hex("text") + "\ntext");
  }

  @FuzzTest
  void anyJournal_isWhatWeWriteOrDamaged(byte[] input) {
    Files.readJournal(text(input));
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  /** In a class of its own: see {@code KeyEventFuzzTest}. */
  private static final class Files {
    static void readRow(String content) {
      try {
        assertThat(RowFile.text(RowFile.parse(content, FILE))).isEqualTo(content);
      } catch (DamagedFile refused) {
        Canary.notIn(refused);
      }
    }

    static void readJournal(String content) {
      try {
        assertThat(Journal.text(Journal.parse(content, FILE))).isEqualTo(content);
      } catch (DamagedFile refused) {
        Canary.notIn(refused);
      }
    }
  }
}
