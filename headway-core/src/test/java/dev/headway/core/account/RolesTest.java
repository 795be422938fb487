package dev.headway.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Roles of the server and of applications. */
class RolesTest {
  private static final Role ENGINEER = new Role("engineer");

  private final Roles roles = new Roles();

  @Test
  void all_afterRegistering_areInOrderAndEachOnce() {
    roles.register(List.of(ENGINEER));
    roles.register(List.of(ENGINEER, Role.WORKER));

    assertThat(Roles.names(roles.all())).isEqualTo("user, worker, engineer, admin");
  }

  @Test
  void find_byName_knowsRegisteredRolesOnly() {
    assertThat(roles.find("engineer")).isEmpty();
    roles.register(List.of(ENGINEER));

    assertThat(roles.find("engineer")).contains(ENGINEER);
    assertThat(roles.find("admin")).contains(Role.ADMIN);
    assertThat(roles.find("ADMIN")).isEmpty();
  }

  @Test
  void ofKeysFor_aRole_areTheOwnAndWorkers() {
    roles.register(List.of(ENGINEER));

    assertThat(roles.ofKeysFor(Role.USER)).containsExactly(Role.USER, Role.WORKER);
    assertThat(roles.ofKeysFor(Role.WORKER)).containsExactly(Role.USER, Role.WORKER);
    assertThat(roles.ofKeysFor(ENGINEER)).containsExactly(Role.USER, Role.WORKER, ENGINEER);
    assertThat(roles.ofKeysFor(Role.ADMIN)).isEqualTo(roles.all());
  }

  @Test
  void role_badName_isRefused() {
    assertThatThrownBy(() -> new Role("Admin")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Role("")).isInstanceOf(IllegalArgumentException.class);
  }
}
