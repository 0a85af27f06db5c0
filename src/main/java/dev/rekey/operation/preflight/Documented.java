package dev.rekey.operation.preflight;

/** The pages that the checks rest on. */
enum Documented {
  KMS("https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption"),
  KMS_LIMITATIONS("https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption#limitations"),
  KMS_V2("https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption#kms-v2-support"),
  KMS_PRIVATE(
      "https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption#turn-on-kms-for-a-private-key-vault"),
  KMS_NEWER("https://learn.microsoft.com/azure/aks/kms-data-encryption-concepts"),
  CLUSTER_FAILED(
      "https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/availability-performance/cluster-node-virtual-machine-failed-state"),
  START_STOP("https://learn.microsoft.com/azure/aks/start-stop-cluster"),
  SCALE("https://learn.microsoft.com/azure/aks/scale-cluster"),
  VNET_INTEGRATION("https://learn.microsoft.com/azure/aks/api-server-vnet-integration"),
  CLUSTER_ACCESS("https://learn.microsoft.com/azure/aks/azure-ad-rbac"),
  AUTHORIZED_RANGES("https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges"),
  VAULT_NETWORK("https://learn.microsoft.com/azure/key-vault/general/network-security"),
  VAULT_RECOVERY("https://learn.microsoft.com/azure/key-vault/general/key-vault-recovery"),
  VAULT_ROLES("https://learn.microsoft.com/azure/key-vault/general/rbac-guide"),
  VAULT_LOGGING("https://learn.microsoft.com/azure/key-vault/general/howto-logging"),
  PRIVATE_LINK("https://learn.microsoft.com/azure/key-vault/general/private-link-service"),
  KEYS("https://learn.microsoft.com/azure/key-vault/keys/about-keys-details"),
  ROTATION_POLICY("https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation"),
  ROLE_ASSIGNMENTS("https://learn.microsoft.com/azure/role-based-access-control/role-assignments");

  private final String url;

  Documented(String url) {
    this.url = url;
  }

  String url() {
    return url;
  }
}
