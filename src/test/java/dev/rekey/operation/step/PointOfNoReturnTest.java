package dev.rekey.operation.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Kind;
import dev.rekey.operation.StepName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PointOfNoReturnTest {

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"REENCRYPT", "CENSUS"})
  void changesNoSetting_canBeCancelledAtAnyTime(Kind kind) {
    assertThat(PointOfNoReturn.of(kind)).isEmpty();
    assertThat(PointOfNoReturn.sentence(kind)).startsWith("It can be cancelled at any time");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"REENCRYPT", "CENSUS"},
      mode = EnumSource.Mode.EXCLUDE)
  void changesSettings_canBeCancelledUntilThatBegins(Kind kind) {
    assertThat(PointOfNoReturn.of(kind)).contains(StepName.UPDATE_CLUSTER);
  }

  @Test
  void sentence_namesTheStepAndTheWayThatIsSafeBehindIt() {
    assertThat(PointOfNoReturn.sentence(Kind.ROTATE))
        .isEqualTo(
            "It can be cancelled until update-cluster begins. From then on only the way forward is"
                + " safe: it can be paused, and goes on until every Secret lies as the last"
                + " settings say, and that is proved.");
  }
}
