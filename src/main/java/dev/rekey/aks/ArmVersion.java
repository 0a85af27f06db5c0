package dev.rekey.aks;

/** The api-version by which each kind of resource is read. */
enum ArmVersion {
  CLUSTER(ArmRequests.API_VERSION),
  SUBSCRIPTION("2022-12-01"),
  /** A list of any resources of a subscription. */
  RESOURCES("2021-04-01"),
  IDENTITY("2023-01-31"),
  SCALE_SET("2024-07-01"),
  /** The last one whose absent {@code enableRbacAuthorization} means access policies. */
  VAULT("2023-07-01"),
  AUTHORIZATION("2022-04-01"),
  /** There is no stable one. */
  DIAGNOSTICS("2021-05-01-preview");

  private final String text;

  ArmVersion(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
