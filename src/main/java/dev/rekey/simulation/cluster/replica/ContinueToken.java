package dev.rekey.simulation.cluster.replica;

import dev.rekey.simulation.cluster.refusal.Refusal;
import dev.rekey.simulation.cluster.refusal.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a list goes on.
 *
 * @param revision the state that the list shows; negative to go on in the newest
 * @param after the path of the last item of the page before
 */
record ContinueToken(long revision, String after) {
  private static final Pattern FORM = Pattern.compile("(-?\\d{1,18}):(/.*)");

  String encode() {
    byte[] text = (revision + ":" + after).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  static ContinueToken decode(String token) throws Refusal {
    try {
      byte[] text = Base64.getUrlDecoder().decode(token);
      Matcher matcher = FORM.matcher(new String(text, StandardCharsets.UTF_8));
      if (matcher.matches()) {
        return new ContinueToken(Long.parseLong(matcher.group(1)), matcher.group(2));
      }
    } catch (IllegalArgumentException notBase64) {
      // Refused below, like every other text that isn't a token of ours.
    }
    throw Refusals.badContinue();
  }

  boolean fromNewest() {
    return revision < 0;
  }

  ContinueToken inNewest() {
    return new ContinueToken(-1, after);
  }
}
