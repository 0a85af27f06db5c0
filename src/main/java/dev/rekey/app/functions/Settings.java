package dev.rekey.app.functions;

import static dev.rekey.app.functions.SettingName.REKEY_ALLOW_ADMIN_CERTIFICATE;
import static dev.rekey.app.functions.SettingName.REKEY_AUTH_AUDIENCE;
import static dev.rekey.app.functions.SettingName.REKEY_AUTH_ISSUER;
import static dev.rekey.app.functions.SettingName.REKEY_CENSUS_EVERY;
import static dev.rekey.app.functions.SettingName.REKEY_CLOUD;
import static dev.rekey.app.functions.SettingName.REKEY_MAX_IN_FLIGHT;
import static dev.rekey.app.functions.SettingName.REKEY_MAX_OPERATIONS;
import static dev.rekey.app.functions.SettingName.REKEY_MODE;
import static dev.rekey.app.functions.SettingName.REKEY_ON_NEAR_EXPIRY;
import static dev.rekey.app.functions.SettingName.REKEY_ON_PREVIOUS_EXPIRY;
import static dev.rekey.app.functions.SettingName.REKEY_SCOPES;

import dev.rekey.aks.ArmClusters;
import dev.rekey.key.Cloud;
import dev.rekey.operation.Mode;
import dev.rekey.service.Conduct;
import dev.rekey.web.TrustedCallers;
import java.time.DateTimeException;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The function app's settings, from its environment.
 *
 * @param scopes ARM ids of subscriptions, resource groups or clusters; at least one
 * @param maxInFlight requests in flight per cluster, 1 to 512; default 32
 * @param adminCertificateAllowed whether a client certificate with full rights may be used; default
 *     false
 * @param callers whose word about callers over HTTP counts; without audience and issuer no caller
 *     may change anything
 */
record Settings(
    List<String> scopes,
    Conduct conduct,
    int maxInFlight,
    boolean adminCertificateAllowed,
    StorageSettings storage,
    TrustedCallers callers) {

  private static final int MOST_IN_FLIGHT = 512;

  private static final int MOST_OPERATIONS = 1_000;

  /**
   * The platform sets it where its authentication is on; nobody else can write its headers then.
   */
  private static final String PLATFORM_AUTHENTICATION = "WEBSITE_AUTH_ENABLED";

  /**
   * Reads them.
   *
   * @throws InvalidSettings if one is missing or can't be used; its message names all of them
   */
  static Settings read(Map<String, String> values) {
    Environment environment = new Environment(values);
    SettingName.findMisspelt(environment);
    Cloud cloud =
        environment.read(
            REKEY_CLOUD.name(),
            Cloud.PUBLIC,
            "public, china or us-government",
            text -> choice(Cloud.values(), text));
    Settings read =
        new Settings(
            scopes(environment),
            conduct(environment, cloud),
            environment.read(
                REKEY_MAX_IN_FLIGHT.name(),
                32,
                "1 to " + MOST_IN_FLIGHT,
                text -> number(text, MOST_IN_FLIGHT)),
            environment.read(
                REKEY_ALLOW_ADMIN_CERTIFICATE.name(), false, "true or false", Settings::yesOrNo),
            StorageSettings.read(environment, cloud),
            callers(environment));
    environment.check();
    return read;
  }

  private static List<String> scopes(Environment environment) {
    String form =
        "/subscriptions/<id>, /subscriptions/<id>/resourceGroups/<name>, or a cluster's ARM id;"
            + " several with commas between them";
    List<String> scopes = new ArrayList<>();
    int part = 0;
    for (String each : environment.text(REKEY_SCOPES.name()).orElse("").split(",", -1)) {
      part++;
      String scope = each.strip().replaceFirst("/$", "");
      if (ArmClusters.isScope(scope)) {
        scopes.add(scope);
      } else if (!scope.isEmpty()) {
        environment.problem(
            REKEY_SCOPES.name(), "has another form in its " + part + ". part; expected: " + form);
      }
    }
    if (environment.text(REKEY_SCOPES.name()).isEmpty()) {
      environment.problem(REKEY_SCOPES.name(), "is missing; expected: " + form);
    }
    return List.copyOf(scopes);
  }

  private static TrustedCallers callers(Environment environment) {
    Optional<String> audience = environment.text(REKEY_AUTH_AUDIENCE.name());
    Optional<String> issuer = environment.text(REKEY_AUTH_ISSUER.name());
    if (audience.isPresent() != issuer.isPresent()) {
      SettingName missing = audience.isPresent() ? REKEY_AUTH_ISSUER : REKEY_AUTH_AUDIENCE;
      environment.problem(
          missing.name(),
          "is missing; expected: both "
              + REKEY_AUTH_AUDIENCE
              + " (a token's aud) and "
              + REKEY_AUTH_ISSUER
              + " (its iss), or neither");
    }
    boolean platformAuthenticates =
        environment.text(PLATFORM_AUTHENTICATION).filter("true"::equalsIgnoreCase).isPresent();
    return new TrustedCallers(platformAuthenticates, audience.orElse(null), issuer.orElse(null));
  }

  private static Conduct conduct(Environment environment, Cloud cloud) {
    Mode mode =
        environment.read(REKEY_MODE.name(), Mode.AUTO, "auto, approve or observe", Mode::of);
    boolean creates =
        environment.read(
            REKEY_ON_NEAR_EXPIRY.name(),
            true,
            "create-version or notify",
            text -> oneOfTwo(text, "create-version", "notify"));
    boolean extendsPrevious =
        environment.read(
            REKEY_ON_PREVIOUS_EXPIRY.name(),
            false,
            "extend or notify",
            text -> oneOfTwo(text, "extend", "notify"));
    int most =
        environment.read(
            REKEY_MAX_OPERATIONS.name(),
            Conduct.MOST_OPERATIONS,
            "1 to " + MOST_OPERATIONS,
            text -> number(text, MOST_OPERATIONS));
    @Nullable Period every = censusEvery(environment);
    return new Conduct(cloud, mode, creates, extendsPrevious, every, most, Conduct.LOOK_EVERY);
  }

  private static @Nullable Period censusEvery(Environment environment) {
    Optional<Period> every =
        environment.read(
            REKEY_CENSUS_EVERY.name(),
            Optional.of(Period.ofDays(7)),
            "a period of days, weeks or months such as P7D, or never",
            Settings::period);
    return every.orElse(null);
  }

  private static Optional<Optional<Period>> period(String text) {
    if (text.equalsIgnoreCase("never")) {
      return Optional.of(Optional.empty());
    }
    try {
      Period period = Period.parse(text);
      boolean forward = !period.isNegative() && !period.isZero();
      return forward ? Optional.of(Optional.of(period)) : Optional.empty();
    } catch (DateTimeException otherForm) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> number(String text, int most) {
    if (!text.matches("\\d{1,4}")) {
      return Optional.empty();
    }
    int number = Integer.parseInt(text);
    return number >= 1 && number <= most ? Optional.of(number) : Optional.empty();
  }

  private static Optional<Boolean> yesOrNo(String text) {
    return oneOfTwo(text, "true", "false");
  }

  private static Optional<Boolean> oneOfTwo(String text, String yes, String no) {
    if (text.equalsIgnoreCase(yes)) {
      return Optional.of(true);
    }
    return text.equalsIgnoreCase(no) ? Optional.of(false) : Optional.empty();
  }

  private static <E extends Enum<E>> Optional<E> choice(E[] all, String text) {
    String wanted = text.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(all).filter(one -> one.name().equals(wanted)).findFirst();
  }
}
