/** REST: the router that works from the OpenAPI document, requests, answers and errors. */
@NullMarked
package dev.headway.server.http;

import org.jspecify.annotations.NullMarked;
