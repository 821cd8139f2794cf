"""Who uses the page: by Streamlit's sign-in (OpenID Connect) where a provider is set up.

The provider stands in `.streamlit/secrets.toml` under `[auth]`; see docs/operations.md.
"""

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from assistant.access.settings import viewer_of_process, viewer_signed_in
from assistant.access.viewer import PUBLIC, Viewer


def viewer() -> Viewer:
    """Who looks at this page: without a provider, whom the process's settings name."""
    if not _has_provider():
        return viewer_of_process()
    return viewer_signed_in(st.user.to_dict() if st.user.is_logged_in else None)


def usual() -> Viewer:
    """Whom to get ready for, before anybody has come."""
    return PUBLIC if _has_provider() else viewer_of_process()


def person() -> str | None:
    """The name of who has signed in; None where nobody has."""
    signed_in = _has_provider() and bool(st.user.is_logged_in)
    return viewer().name if signed_in else None


def draw_sign_in() -> None:
    """The way in and out, where there is a provider."""
    if not _has_provider():
        return
    name = person()
    with st.sidebar:
        if name is None:
            st.button("Sign in", icon=":material/login:", on_click=st.login)
        else:
            st.caption("Signed in")
            st.text(f"{name} ({viewer().role.value})")
            st.button("Sign out", icon=":material/logout:", on_click=st.logout)


def _has_provider() -> bool:
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False
