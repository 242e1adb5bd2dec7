"""Addresses of accounts."""

from django.urls import path

from havn.accounts.views import accept, locked, members, own, sign_in, trail

app_name = "accounts"
urlpatterns = [
    path("desk/sign-in", sign_in.sign_in, name="sign_in"),
    path("desk/sign-in/demo", sign_in.demo_sign_in, name="demo_sign_in"),
    path("desk/sign-in/second-step", sign_in.second_step, name="second_step"),
    path("desk/sign-out", sign_in.sign_out, name="sign_out"),
    path("desk/home", own.home, name="home"),
    path("desk/locked", locked.locked, name="locked"),
    path("desk/unlock", locked.unlock, name="unlock"),
    path("desk/lock", locked.lock_now, name="lock_now"),
    path("desk/active", locked.active, name="active"),
    path("desk/account", own.profile, name="profile"),
    path("desk/account/password", own.password, name="password"),
    path("desk/account/app", own.new_app, name="new_app"),
    path("desk/account/recovery-codes", own.recovery_codes, name="recovery_codes"),
    path("desk/account/sessions", own.sessions, name="sessions"),
    path("desk/account/sessions/end", own.end_session, name="end_session"),
    path("desk/roles", own.roles, name="roles"),
    path("desk/members", members.members, name="members"),
    path("desk/members/invite", members.invite, name="invite"),
    path("desk/members/invitations/<int:invitation>/withdraw", members.withdraw, name="withdraw"),
    path("desk/members/<int:organisation>/<int:user>", members.member, name="member"),
    path("desk/members/<int:organisation>/<int:user>/remove", members.remove, name="remove"),
    path("desk/members/<int:organisation>/<int:user>/lost/<slug:what>", members.lost, name="lost"),
    path("desk/trail", trail.read, name="trail"),
    path("desk/accept/<str:token>", accept.accept, name="accept"),
    path("desk/accept/<str:token>/join", accept.join, name="join"),
]
