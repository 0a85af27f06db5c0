package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Members of ARM's bodies that are shown to people or put into commands: only what has the form
 * that it must have. Everything else is null, as if it weren't shown.
 */
final class StrictMember {
  /** A constant of ARM's, such as {@code Succeeded}. */
  static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,49}");

  static final Pattern GUID =
      Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  static final Pattern VERSION = Pattern.compile("\\d{1,4}(?:\\.\\d{1,4}){1,2}");
  static final Pattern POOL = Pattern.compile("[a-z][a-z0-9]{0,11}");
  static final Pattern GROUP = Pattern.compile("[\\p{L}\\p{N}_.()-]{1,90}(?<!\\.)");
  static final Pattern RANGE = Pattern.compile("[0-9A-Fa-f.:]{2,39}(?:/\\d{1,3})?");
  static final Pattern ACTION = Pattern.compile("[A-Za-z0-9*./_-]{1,256}");

  /** The URL of a key, with or without a version. */
  static final Pattern KEY =
      Pattern.compile(
          "https://[a-zA-Z0-9.-]{1,100}/keys/[0-9a-zA-Z-]{1,127}(?:/[0-9a-zA-Z]{0,64})?");

  /** What a role can be assigned on. */
  static final Pattern SCOPE = Pattern.compile("/|(?:/[\\p{L}\\p{N}_.()-]{1,130}){2,14}");

  /** Lists that are longer are no lists of what is looked for. */
  private static final int MOST = 2_000;

  private StrictMember() {}

  static @Nullable String text(JsonNode member, Pattern form) {
    String text = member.textValue();
    return text != null && text.length() < 1_000 && form.matcher(text).matches() ? text : null;
  }

  static @Nullable Boolean bool(JsonNode member) {
    return member.isBoolean() ? member.booleanValue() : null;
  }

  /** A boolean that ARM leaves out where it is false. */
  static @Nullable Boolean boolOrAbsent(JsonNode member) {
    return isAbsent(member) ? Boolean.FALSE : bool(member);
  }

  static @Nullable Integer count(JsonNode member) {
    return member.isInt() && member.intValue() >= 0 && member.intValue() <= 100_000
        ? member.intValue()
        : null;
  }

  static @Nullable String resourceId(JsonNode member) {
    return ResourceId.parse(member.textValue()).map(ResourceId::text).orElse(null);
  }

  /** All texts of a list; null if it is none, or if one of them has another form. */
  static @Nullable List<String> texts(JsonNode list, Pattern form) {
    if (!list.isArray() || list.size() > MOST) {
      return null;
    }
    List<String> found = new ArrayList<>();
    for (JsonNode each : list) {
      String text = text(each, form);
      if (text == null) {
        return null;
      }
      found.add(text);
    }
    return found;
  }

  static boolean isAbsent(JsonNode member) {
    return member.isMissingNode() || member.isNull();
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
