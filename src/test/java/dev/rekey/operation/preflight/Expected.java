package dev.rekey.operation.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a check is to find where one thing has changed around a cluster.
 *
 * @param seen what it says it saw, in the short form of {@link #SHORT}
 * @param remedy what it tells people to type, in the same form
 */
record Expected(
    String check,
    boolean isPrivate,
    Consumer<Around> changed,
    Verdict verdict,
    String seen,
    String remedy) {

  private static final Map<String, String> SHORT = new LinkedHashMap<>();

  static {
    SHORT.put(Around.CLUSTER, "{cluster}");
    SHORT.put(Around.IDENTITY, "{identity}");
    SHORT.put(Around.SUBNET, "{subnet}");
    SHORT.put(Around.VAULT, "{vault}");
    SHORT.put(Around.GROUP, "{group}");
    SHORT.put(to("\"$REKEY_PRINCIPAL_ID\""), "{to-rekey}");
    SHORT.put(to(Around.PRINCIPAL), "{to-identity}");
    SHORT.put(Around.PRINCIPAL, "{principal}");
    SHORT.put("--resource-group rg --name prod", "{prod}");
    SHORT.put(Around.KEY.toString(), "{key}");
  }

  private static String to(String principal) {
    return "--assignee-object-id " + principal + " --assignee-principal-type ServicePrincipal";
  }

  static Expected of(
      String check, Consumer<Around> changed, Verdict verdict, String seen, String remedy) {
    return new Expected(check, false, changed, verdict, seen, remedy);
  }

  /** Where the vault is private. */
  static Expected ofPrivate(
      String check, Consumer<Around> changed, Verdict verdict, String seen, String remedy) {
    return new Expected(check, true, changed, verdict, seen, remedy);
  }

  void assertFound() {
    Around around = isPrivate ? new Around().privately() : new Around();
    changed.accept(around);

    Finding finding = around.finding(check);

    assertThat(finding.verdict()).describedAs("%s", finding).isEqualTo(verdict);
    assertThat(shortened(finding.seen())).isEqualTo(seen);
    assertThat(shortened(finding.remedy())).isEqualTo(remedy);
    assertThat(finding.sentence()).isNotBlank();
    assertThat(finding.expected()).isNotBlank();
    assertThat(finding.link()).startsWith("https://learn.microsoft.com/");
  }

  private static String shortened(String text) {
    String result = text;
    for (Map.Entry<String, String> each : SHORT.entrySet()) {
      result = result.replace(each.getKey(), each.getValue());
    }
    return result;
  }

  @Override
  public String toString() {
    return check + ": " + seen;
  }
}
