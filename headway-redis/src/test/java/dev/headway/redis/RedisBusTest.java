package dev.headway.redis;

class RedisBusTest extends OneServerContract {
  RedisBusTest() {
    super("redis-server");
  }
}
