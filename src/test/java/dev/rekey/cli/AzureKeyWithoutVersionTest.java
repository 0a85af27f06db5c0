package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster in Azure whose key ARM shows without a version: AKS follows the newest by itself. */
class AzureKeyWithoutVersionTest {
  @TempDir private Path folder;
  private AzureOnThisMachine world;

  @BeforeEach
  void start() throws IOException {
    world = new AzureOnThisMachine(folder, true);
    world.arm.changedByAnother(
        world.name,
        body ->
            body.withObject("/properties/securityProfile/azureKeyVaultKms")
                .put("keyId", AzureOnThisMachine.KEY.toString()));
  }

  @AfterEach
  void stop() {
    assertThat(world.arm.acceptedUpdates()).isEmpty();
    world.close();
  }

  @Test
  void census_namesTheVersionWhoseHashTheApiServersShow() throws Exception {
    CommandLineRun run = world.typeAbout("census");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("keys in use")
        .contains("60  " + hash(world.first))
        .contains("is " + world.first.url() + " (predicted)")
        .contains("Nothing was written");
  }

  @Test
  void reencrypt_provesEverySecretUnderWhatTheApiServersWriteWith() throws Exception {
    KeyId second = world.vault.createVersion(AzureOnThisMachine.KEY);
    world.rollByAks(second);
    world.time.advance(Duration.ofMinutes(10));

    CommandLineRun run = world.typeAbout("reencrypt", "--output", "json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode evidence = new ObjectMapper().readTree(run.out());
    assertThat(evidence.at("/key/to").asText()).isEqualTo(hash(second));
    assertThat(evidence.at("/keysInUse/versions/1/keyId").asText()).isEqualTo(second.url());
    assertThat(evidence.at("/securityProfile/azureKeyVaultKms/keyId").asText())
        .isEqualTo(AzureOnThisMachine.KEY.toString());
    assertThat(world.cluster.oracle().under(second.url())).isEqualTo(AzureOnThisMachine.SECRETS);
  }

  @Test
  void rotate_isDeclined() throws Exception {
    CommandLineRun run = world.type("rotate");

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.err()).contains("kms-not-on-versioned-key");
  }

  private static String hash(KeyId version) {
    return KeyIdHash.predict(version).label();
  }
}
