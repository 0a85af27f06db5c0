package dev.rekey.operation.recipe;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Azure lets each thing be called. Nothing that a rule lets through means anything to a shell
 * or to Bicep between single quotes.
 */
public enum NameRule {
  CLUSTER(
      "cluster",
      "[a-zA-Z0-9]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?",
      "1 to 63 letters, digits, hyphens and underscores, a letter or digit first and last"),
  RESOURCE_GROUP(
      "resource-group",
      "[\\p{L}\\p{Nd}_().-]{0,89}[\\p{L}\\p{Nd}_()-]",
      "1 to 90 letters, digits, underscores, hyphens, periods and parentheses, no period last"),
  LOCATION("location", "[a-z][a-z0-9]{2,39}", "a region's short name, such as westeurope"),
  VAULT(
      "vault",
      "(?=.{3,24}$)[a-zA-Z](-?[a-zA-Z0-9])+",
      "3 to 24 letters, digits and single hyphens, a letter first, no hyphen last"),
  KEY("key", "[a-zA-Z0-9-]{1,127}", "1 to 127 letters, digits and hyphens"),
  IDENTITY(
      "identity",
      "[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}",
      "3 to 128 letters, digits, hyphens and underscores, a letter or digit first");

  private final String token;
  private final Pattern form;
  private final String expected;

  NameRule(String token, String form, String expected) {
    this.token = token;
    this.form = Pattern.compile(form);
    this.expected = expected;
  }

  /** What the name is of, such as {@code resource-group}. */
  public String token() {
    return token;
  }

  /** What is wrong with a name; empty if Azure takes it. */
  Optional<Problem> problemWith(String name) {
    return form.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(new Problem(token, name, expected));
  }
}
