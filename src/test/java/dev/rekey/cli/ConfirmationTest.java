package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Route;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationTest {
  private static final KmsSettings ON =
      KmsSettings.of(KeyId.parse("https://example.vault.azure.net/keys/etcd/1", Cloud.PUBLIC));
  private static final Route OFF = Route.of(ON, KmsSettings.OFF);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"yes", "Y", " YES \nno"})
  void personTypesYes_agreed(String typed) {
    assertThat(asking(typed).of(Kind.DISABLE, "/clusters/prod", OFF)).isTrue();

    assertThat(printed.toString())
        .contains("disable of /clusters/prod", "KMS is    " + ON, "then      off")
        .contains("stored plain", "can be cancelled until update-cluster begins")
        .contains("only the way forward is safe", "Begin? Type yes: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "", "\nyes", "yes please", "ja"})
  void personTypesAnythingElseOrNothing_notAgreed(String typed) {
    assertThat(asking(typed).of(Kind.DISABLE, "/clusters/prod", OFF)).isFalse();
  }

  @Test
  void agreedBeforehand_saidWhatIsDoneAndNotAsked() {
    Confirmation agreed = new Confirmation(true, null, new PrintStream(printed));

    assertThat(agreed.of(Kind.DISABLE, "/clusters/prod", OFF)).isTrue();
    assertThat(printed.toString()).contains("disable of /clusters/prod").doesNotContain("?");
  }

  @Test
  void nobodyIsThereToAsk_notAgreed() {
    Confirmation alone = new Confirmation(false, null, new PrintStream(printed));

    assertThat(alone.of(Kind.DISABLE, "/clusters/prod", OFF)).isFalse();
  }

  @Test
  void keyThatAksDoesNotShow_isSaidToBeSuch() {
    assertThat(asking("yes").of(Kind.REENCRYPT, "/clusters/prod", Route.UNKNOWN)).isTrue();

    assertThat(printed.toString())
        .contains("KMS is    on a key whose version AKS doesn't show")
        .contains("Every Secret is rewritten");
  }

  private Confirmation asking(String typed) {
    return new Confirmation(
        false, new BufferedReader(new StringReader(typed)), new PrintStream(printed));
  }
}
