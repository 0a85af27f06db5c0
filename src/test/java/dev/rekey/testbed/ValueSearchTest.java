package dev.rekey.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ValueSearchTest {
  private static final String VALUE = "marker-0123456789abcdeffedcba9876543210";

  private final ValueSearch search = ValueSearch.forAll(List.of(VALUE, "another-one-0000-1111"));

  @Test
  void plainAndHexadecimalAreFoundAnywhere() {
    HexFormat hex = HexFormat.of();
    for (String form :
        List.of(
            VALUE,
            hex.formatHex(VALUE.getBytes(UTF_8)),
            hex.withUpperCase().formatHex(VALUE.getBytes(UTF_8)))) {
      assertThat(search.in(form)).containsExactly(VALUE);
      assertThat(search.in("xé" + form + "y")).containsExactly(VALUE);
    }
  }

  @Test
  void base64IsFoundWhereverTheValueBeginsAndWhateverFollows() {
    for (String before : List.of("", "a", "ab", "abc")) {
      for (String after : List.of("", "z", "zz")) {
        byte[] whole = (before + VALUE + after).getBytes(UTF_8);
        assertThat(search.in(Base64.getEncoder().encodeToString(whole))).containsExactly(VALUE);
        assertThat(search.in(Base64.getUrlEncoder().withoutPadding().encodeToString(whole)))
            .containsExactly(VALUE);
      }
    }
  }

  @Test
  void theLastSixteenCharactersAreEnoughAndFifteenAreNone() {
    assertThat(search.in(VALUE.substring(VALUE.length() - 16))).containsExactly(VALUE);
    assertThat(search.in(VALUE.substring(VALUE.length() - 15))).isEmpty();
    assertThat(search.in(VALUE.substring(0, VALUE.length() - 1))).isEmpty();
    assertThat(search.in("")).isEmpty();
  }

  @Test
  void eachOfManyIsFoundAndNothingElse() {
    List<String> values = new ArrayList<>();
    StringBuilder half = new StringBuilder();
    StringBuilder otherHalf = new StringBuilder();
    for (int number = 0; number < 2_000; number++) {
      String value = UUID.nameUUIDFromBytes(new byte[] {(byte) number, (byte) (number >> 8)}) + "";
      values.add(value);
      (number % 2 == 0 ? half : otherHalf).append(value).append(' ');
    }
    ValueSearch evenOnes = ValueSearch.forAll(values);

    assertThat(evenOnes.in(half.toString())).hasSize(1_000);
    assertThat(evenOnes.in(half.toString() + otherHalf))
        .containsExactlyInAnyOrderElementsOf(values);
    byte[] noise = new byte[1 << 20];
    new Random(1).nextBytes(noise);
    assertThat(evenOnes.in(noise)).isEmpty();
  }
}
