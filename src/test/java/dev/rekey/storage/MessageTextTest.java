package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Message;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageTextTest {
  private static final ClusterName CLUSTER = new ClusterName("prod-1a2b3c4d");
  private static final String ADVANCE =
      "{\"schema\":\"rekey.dev/message/v1\",\"kind\":\"advance\",\"cluster\":\"prod-1a2b3c4d\","
          + "\"operation\":\"20260101t120000-1a2b3c\",\"turn\":3}";

  static Stream<Message> messages() {
    return Stream.of(
        new Message.Advance(CLUSTER, "20260101t120000-1a2b3c", 1),
        new Message.Advance(new ClusterName("a".repeat(100)), "x", Integer.MAX_VALUE),
        new Message.WorkShard(CLUSTER, "20260101t120000-1a2b3c", "write-12", 0),
        new Message.WorkShard(CLUSTER, "y".repeat(64), "p", 4711));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void writtenAndRead_isTheSame(Message message) {
    assertThat(MessageText.read(MessageText.write(message))).isEqualTo(message);
  }

  @Test
  void text_isStableSinceOldMessagesMeetNewReleases() {
    assertThat(MessageText.write(new Message.Advance(CLUSTER, "20260101t120000-1a2b3c", 3)))
        .isEqualTo(ADVANCE);
  }

  static Stream<Arguments> foreign() {
    return Stream.of(
        Arguments.of("", UnreadableMessage.Cause.NOT_JSON),
        Arguments.of("hello", UnreadableMessage.Cause.NOT_JSON),
        Arguments.of("[" + ADVANCE + "]", UnreadableMessage.Cause.NOT_JSON),
        Arguments.of(ADVANCE + ADVANCE, UnreadableMessage.Cause.NOT_JSON),
        Arguments.of(
            ADVANCE.replace("\"turn\":3", "\"turn\":3,\"turn\":4"),
            UnreadableMessage.Cause.NOT_JSON),
        Arguments.of(ADVANCE.replace("v1", "v2"), UnreadableMessage.Cause.OTHER_SCHEMA),
        Arguments.of("{}", UnreadableMessage.Cause.OTHER_SCHEMA),
        Arguments.of(ADVANCE.replace("advance", "delete"), UnreadableMessage.Cause.OTHER_KIND),
        Arguments.of(
            ADVANCE.replace("\"turn\":3", "\"turn\":3,\"force\":true"),
            UnreadableMessage.Cause.OTHER_MEMBERS),
        Arguments.of(ADVANCE.replace(",\"turn\":3", ""), UnreadableMessage.Cause.OTHER_MEMBERS),
        Arguments.of(ADVANCE.replace(":3}", ":\"3\"}"), UnreadableMessage.Cause.OTHER_FORM),
        Arguments.of(ADVANCE.replace(":3}", ":-1}"), UnreadableMessage.Cause.OTHER_FORM),
        Arguments.of(ADVANCE.replace(":3}", ":3.5}"), UnreadableMessage.Cause.OTHER_FORM),
        Arguments.of(
            ADVANCE.replace("prod-1a2b3c4d", "../other"), UnreadableMessage.Cause.OTHER_FORM),
        Arguments.of(
            ADVANCE.replace("20260101t120000-1a2b3c", "a/b"), UnreadableMessage.Cause.OTHER_FORM),
        Arguments.of(
            ADVANCE.replace("20260101t120000-1a2b3c", "a".repeat(3000)),
            UnreadableMessage.Cause.TOO_LARGE));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void foreignText_isRefusedWithItsReasonAndNotQuoted(String text, UnreadableMessage.Cause why) {
    UnreadableMessage refused =
        catchThrowableOfType(UnreadableMessage.class, () -> MessageText.read(text));

    assertThat(refused.why()).isEqualTo(why);
    assertThat(refused).hasMessage("the text is no message of Rekey's: " + why.token());
    assertThat(refused.getCause()).isNull();
  }

  @Test
  void nestedWithoutEnd_isRefused() {
    assertThatThrownBy(() -> MessageText.read("[".repeat(1000)))
        .isInstanceOf(UnreadableMessage.class);
  }
}
