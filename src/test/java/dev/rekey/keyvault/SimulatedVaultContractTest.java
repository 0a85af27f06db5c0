package dev.rekey.keyvault;

import dev.rekey.service.port.Vault;

class SimulatedVaultContractTest extends VaultContract {
  @Override
  Vault vault() {
    return world;
  }
}
