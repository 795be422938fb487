/** The OpenAPI and AsyncAPI documents: operations, who may call them, and the shape of bodies. */
@NullMarked
package dev.headway.server.http.contract;

import org.jspecify.annotations.NullMarked;
