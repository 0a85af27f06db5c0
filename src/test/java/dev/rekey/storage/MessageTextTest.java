package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Message;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageTextTest {
  private static final ClusterName CLUSTER = new ClusterName("prod-1a2b3c4d");
  private static final String ID_CHARACTERS = "abyzABYZ0189-";
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
        Arguments.of("{}", UnreadableMessage.Cause.FOREIGN),
        Arguments.of("null", UnreadableMessage.Cause.NOT_JSON),
        Arguments.of("  \n", UnreadableMessage.Cause.NOT_JSON),
        Arguments.of("{\"topic\":\"/subscriptions/1\"}", UnreadableMessage.Cause.FOREIGN),
        Arguments.of(
            ADVANCE.replace("\"rekey.dev/message/v1\"", "1"), UnreadableMessage.Cause.FOREIGN),
        Arguments.of(
            ADVANCE.replace("message/v1", "operation/v1"), UnreadableMessage.Cause.FOREIGN),
        Arguments.of(ADVANCE.replace("v1", "v10"), UnreadableMessage.Cause.OTHER_SCHEMA),
        Arguments.of(ADVANCE.replace("\"advance\"", "true"), UnreadableMessage.Cause.OTHER_KIND),
        Arguments.of(
            ADVANCE.replace("\"turn\"", "\"dequeueCount\""), UnreadableMessage.Cause.OTHER_MEMBERS),
        Arguments.of(ADVANCE.replace(":3}", ":{}}"), UnreadableMessage.Cause.NOT_JSON),
        Arguments.of(ADVANCE.replace(":3}", ":3.0}"), UnreadableMessage.Cause.OTHER_FORM),
        Arguments.of(ADVANCE.replace(":3}", ":2147483648}"), UnreadableMessage.Cause.OTHER_FORM),
        Arguments.of(ADVANCE.replace(":3}", ":NaN}"), UnreadableMessage.Cause.NOT_JSON),
        Arguments.of(ADVANCE.replace("\"prod-1a2b3c4d\"", "5"), UnreadableMessage.Cause.OTHER_FORM),
        Arguments.of(
            ADVANCE.replace("20260101t120000-1a2b3c", "a\\u0000"),
            UnreadableMessage.Cause.OTHER_FORM),
        Arguments.of(
            ADVANCE.replace("20260101t120000-1a2b3c", "a\\n"), UnreadableMessage.Cause.OTHER_FORM),
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

  @Test
  void anyMessage_comesBackAsItWasAndHidesNothingOfTheHosts() {
    Random random = new Random(20260301);
    for (int run = 0; run < 2_000; run++) {
      Message message = anyMessage(random);

      String text = MessageText.write(message);

      assertThat(MessageText.read(text)).isEqualTo(message);
      assertThat(text.toLowerCase(Locale.ROOT))
          .doesNotContain("\"id\"", "dequeuecount", "popreceipt", "insertiontime")
          .doesNotContain("expirationtime", "nextvisibletime");
    }
  }

  private static Message anyMessage(Random random) {
    ClusterName cluster = new ClusterName("c" + any(random, "abz09.-", random.nextInt(100)));
    String operation = any(random, ID_CHARACTERS, 1 + random.nextInt(64));
    return random.nextBoolean()
        ? new Message.Advance(cluster, operation, random.nextInt(Integer.MAX_VALUE))
        : new Message.WorkShard(
            cluster,
            operation,
            any(random, ID_CHARACTERS, 1 + random.nextInt(64)),
            random.nextInt(1_000_000));
  }

  private static String any(Random random, String characters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  @Test
  void anyDamagedText_isRefusedOrStillAMessageOfForm() {
    Random random = new Random(20260302);
    for (int run = 0; run < 5_000; run++) {
      StringBuilder text = new StringBuilder(MessageText.write(anyMessage(random)));
      for (int damage = random.nextInt(4); damage >= 0; damage--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
      }
      try {
        Message read = MessageText.read(text.toString());
        assertThat(MessageText.read(MessageText.write(read))).isEqualTo(read);
      } catch (UnreadableMessage refused) {
        assertThat(refused).hasNoCause();
      }
    }
  }

  @Test
  void messageThatCouldNotBeRead_isNotWritten() {
    for (Message message :
        List.of(
            new Message.Advance(CLUSTER, "a/b", 1),
            new Message.Advance(CLUSTER, "", 1),
            new Message.Advance(CLUSTER, "a", -1),
            new Message.WorkShard(CLUSTER, "a", "p".repeat(65), 0),
            new Message.WorkShard(CLUSTER, "a", "p", 1_000_000))) {
      assertThatIllegalArgumentException().isThrownBy(() -> MessageText.write(message));
    }
  }
}
