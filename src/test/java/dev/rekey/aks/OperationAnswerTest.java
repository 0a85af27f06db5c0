package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.UpdateProgress.State;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperationAnswerTest {

  @Test
  void statusOfAnOperation_isRead() {
    assertThat(read("{'status':'InProgress'}")).contains(new UpdateProgress(State.RUNNING, null));
    assertThat(read("{'status':'Updating'}")).contains(new UpdateProgress(State.RUNNING, null));
    assertThat(read("{'status':'succeeded'}")).contains(new UpdateProgress(State.SUCCEEDED, null));
    assertThat(read("{'status':'Failed','error':{'code':'KeyVaultKeyNotFound','message':'m'}}"))
        .contains(new UpdateProgress(State.FAILED, "KeyVaultKeyNotFound"));
    assertThat(read("{'status':'Canceled'}"))
        .contains(new UpdateProgress(State.FAILED, "Canceled"));
  }

  @Test
  void codeThatIsNone_isNotQuoted() {
    assertThat(read("{'status':'Failed','error':{'code':'see https://x for more'}}"))
        .contains(new UpdateProgress(State.FAILED, null));
    assertThat(read("{'status':'Failed'}")).contains(new UpdateProgress(State.FAILED, null));
  }

  @Test
  void provisioningState_standsInForAStatus() {
    assertThat(read("{'properties':{'provisioningState':'Updating'}}"))
        .contains(new UpdateProgress(State.RUNNING, null));
    assertThat(read("{'properties':{'provisioningState':'Succeeded'}}"))
        .contains(new UpdateProgress(State.SUCCEEDED, null));
  }

  @Test
  void neither_isNoAnswer() {
    assertThat(read("{}")).isEmpty();
    assertThat(read("{'status':''}")).isEmpty();
  }

  private static Optional<UpdateProgress> read(String text) {
    byte[] body = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return OperationAnswer.read(ArmJson.parse(body).orElseThrow());
  }
}
