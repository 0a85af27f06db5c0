package dev.rekey.upgrade;

import dev.rekey.key.KeyId;
import dev.rekey.storage.MessageText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes what this release stores at each stage, for later ones to read. Once a release is out its
 * set is never written again.
 *
 * <pre>
 * mvn -q test-compile exec:java -Dexec.classpathScope=test \
 *   -Dexec.mainClass=dev.rekey.upgrade.WriteFixtures -Dexec.args=src/test/resources/upgrade/v2
 * </pre>
 */
public final class WriteFixtures {
  private WriteFixtures() {}

  public static void main(String[] folder) throws IOException {
    for (Stage stage : Stage.values()) {
      fixture(ReleasedWorld.at(stage)).write(Path.of(folder[0], stage.fileName()));
    }
  }

  static Fixture fixture(ReleasedWorld world) {
    List<Fixture.Queued> messages =
        world
            .waiting()
            .map(
                each ->
                    new Fixture.Queued(
                        MessageText.write(each.getKey()), Math.max(0, each.getValue().toSeconds())))
            .toList();
    return new Fixture(
        world.now().toString(),
        world.versions().stream().map(KeyId::url).toList(),
        Fixture.rowsOf(world.table, world.partitions()),
        messages);
  }
}
