package dev.rekey.aks;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ARM id of any resource. Ids come out of answers too, so that addresses are made of checked
 * ones only.
 *
 * @param text the id as it was spelled
 * @param subscription the GUID in it
 */
record ResourceId(String text, String subscription) {
  private static final Pattern FORM =
      Pattern.compile(
          "/subscriptions/(?<subscription>\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})"
              + "/resourceGroups/[\\p{L}\\p{N}_.()-]{1,90}(?<!\\.)"
              + "/providers/Microsoft\\.[a-z.]{1,60}"
              + "(?:/[a-z]{1,80}/[a-z0-9_()-][a-z0-9_.()-]{0,127}){1,3}",
          Pattern.CASE_INSENSITIVE);

  private static final int LONGEST = 800;

  /** Reads an id; empty if it has another form. */
  static Optional<ResourceId> parse(@Nullable String id) {
    Matcher matcher = FORM.matcher(id == null || id.length() > LONGEST ? "" : id);
    return matcher.matches()
        ? Optional.of(new ResourceId(id == null ? "" : id, matcher.group("subscription")))
        : Optional.empty();
  }

  boolean isSameAs(@Nullable String otherId) {
    return text.equalsIgnoreCase(otherId);
  }

  /** The resource's own name. */
  String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return text;
  }
}
