package dev.headway.server.routes;

import dev.headway.core.account.AuditEntry;
import dev.headway.core.account.Role;
import dev.headway.core.account.Roles;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.account.Accounts;
import dev.headway.server.account.Login;
import dev.headway.server.account.TokenView;
import dev.headway.server.account.Users;
import dev.headway.server.http.Paging;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The users of an installation over REST, for its administrators.
 *
 * @param accounts does the work
 */
public record UserRoutes(Accounts accounts) {
  private record NewUser(String email, String password, @Nullable String role) {}

  private record Change(
      @Nullable String role, @Nullable Boolean isActive, @Nullable Boolean signOut) {}

  private record HeldTokens(List<TokenView> tokens) {}

  private record Entry(Instant at, String actor, String action, String account, String detail) {
    static Entry of(AuditEntry entry) {
      return new Entry(
          entry.at(), entry.actor(), entry.action().label(), entry.account(), entry.detail());
    }
  }

  private static final Paging USERS = Paging.byLimit("users");
  private static final Paging ENTRIES = Paging.byLimit("entries");

  /** The handlers. */
  public Routes routes() {
    return new Routes()
        .on("listUsers", this::list)
        .on("addUser", this::add)
        .on("getUser", this::get)
        .on("changeUser", this::change)
        .on("removeUser", this::remove)
        .on("listTokensOfUser", this::tokens)
        .on("listAccountAudit", this::audit);
  }

  private Response list(Request request) {
    var page = USERS.asked(request);
    var found = accounts.users().list(request.principal(), page);
    var roles = accounts.roles().all().stream().map(Role::name).toList();
    return USERS.answer(found, page, Map.of("roles", roles));
  }

  private Response add(Request request) {
    var body = request.json(NewUser.class);
    var login = new Login(body.email(), body.password());
    return Response.json(201, accounts.users().add(request.principal(), login, role(body.role())));
  }

  private Response get(Request request) {
    return Response.ok(accounts.users().user(request.principal(), request.pathLong("id")));
  }

  private Response change(Request request) {
    var body = request.json(Change.class);
    var change = new Users.Change(role(body.role()), body.isActive(), body.signOut());
    return Response.ok(
        accounts.users().change(request.principal(), request.pathLong("id"), change));
  }

  private @Nullable Role role(@Nullable String name) {
    var roles = accounts.roles();
    return name == null
        ? null
        : roles
            .find(name)
            .orElseThrow(() ->
                HeadwayException.invalid(
                    "role",
                    "The role (%s) must be one of: %s".formatted(name, Roles.names(roles.all()))));
  }

  private Response remove(Request request) {
    accounts.users().remove(request.principal(), request.pathLong("id"));
    return Response.noContent();
  }

  private Response tokens(Request request) {
    return Response.ok(
        new HeldTokens(accounts.sessions().tokensOf(request.principal(), request.pathLong("id"))));
  }

  private Response audit(Request request) {
    var page = ENTRIES.asked(request);
    return ENTRIES.answer(accounts.audit().page(page).map(Entry::of), page);
  }
}
