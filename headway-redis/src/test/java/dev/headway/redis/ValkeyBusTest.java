package dev.headway.redis;

class ValkeyBusTest extends OneServerContract {
  ValkeyBusTest() {
    super("valkey-server");
  }
}
