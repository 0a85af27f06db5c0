package dev.rekey.simulation.cluster.replica;

import dev.rekey.simulation.cluster.refusal.Refusal;
import dev.rekey.simulation.cluster.refusal.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a list goes on, in the form of a real token: JSON in base64url.
 *
 * @param revision the state that the list shows; negative to go on in the newest
 * @param start the first key to come, without what all keys of the list begin with
 */
record ContinueToken(long revision, String start) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\{\"v\":\"meta\\.k8s\\.io/v1\",\"rv\":(-?[1-9]\\d{0,17}),\"start\":\"([^\"\\\\]+)(\\\\u0000)?\"}");

  /** Behind an item, with the smallest key that is larger. */
  static ContinueToken behind(long revision, String path, String prefix) {
    return new ContinueToken(revision, path.substring(prefix.length()) + "\0");
  }

  String encode() {
    String text =
        "{\"v\":\"meta.k8s.io/v1\",\"rv\":%d,\"start\":\"%s\"}"
            .formatted(revision, start.replace("\0", "\\u0000"));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static ContinueToken decode(String token) throws Refusal {
    try {
      byte[] text = Base64.getUrlDecoder().decode(token);
      Matcher matcher = FORM.matcher(new String(text, StandardCharsets.UTF_8));
      if (matcher.matches()) {
        String start = matcher.group(2) + (matcher.group(3) == null ? "" : "\0");
        return new ContinueToken(Long.parseLong(matcher.group(1)), start);
      }
    } catch (IllegalArgumentException notBase64) {
      // Refused below, like every other text that isn't a token.
    }
    throw Refusals.badContinue();
  }

  boolean fromNewest() {
    return revision < 0;
  }

  ContinueToken inNewest() {
    return new ContinueToken(-1, start);
  }

  /** The same place in the same state, but behind another item. */
  ContinueToken behind(String path, String prefix) {
    return behind(revision, path, prefix);
  }
}
