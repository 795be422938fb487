/** The server's own routes: accounts, health, metrics, documents, static files. */
@NullMarked
package dev.headway.server.routes;

import org.jspecify.annotations.NullMarked;
