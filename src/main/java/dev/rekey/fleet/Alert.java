package dev.rekey.fleet;

/**
 * Something that a person should see to. Name and subject tell which; while both stay, it is the
 * same alert.
 *
 * @param name stable, see {@link AlertName}
 * @param subject what it is about, such as a key version's URL
 * @param reason the stable token of the reason
 * @param detail for people: what was seen, and what to type
 */
public record Alert(String name, String subject, String reason, String detail) {

  /** Whether both are about the same thing. */
  public boolean isSameAs(Alert other) {
    return name.equals(other.name) && subject.equals(other.subject);
  }
}
