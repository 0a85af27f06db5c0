package dev.rekey.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileKeyIdsTest {

  static List<HostileKeyId> hostileKeyIds() {
    return HostileKeyId.ALL;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileKeyIds")
  void hostileKeyId_isRefusedForItsReasonAndNotQuoted(HostileKeyId hostile) {
    InvalidKeyId refused =
        catchThrowableOfType(InvalidKeyId.class, () -> KeyId.parse(hostile.text(), Cloud.PUBLIC));

    assertThat(refused).isNotNull();
    assertThat(refused.problem()).isEqualTo(hostile.problem());
    assertThat(refused).hasMessageNotContainingAny("evil", "etcd", "ee059b2b", "example.");
  }

  @Test
  void table_namesEachTrickOnce() {
    assertThat(HostileKeyId.ALL).extracting(HostileKeyId::trick).doesNotHaveDuplicates();
    assertThat(HostileKeyId.ALL).extracting(HostileKeyId::text).doesNotHaveDuplicates();
    assertThat(HostileKeyId.ALL).hasSizeGreaterThanOrEqualTo(40);
  }
}
