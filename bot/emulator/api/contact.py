"""People: who they are, as far as the caller may know."""

from __future__ import annotations

from functools import cache

from bot.emulator.contract import contract
from bot.emulator.kernel import Call, Json, Refusal, endpoint
from bot.emulator.paging import page
from bot.emulator.state import User

INVALID, BAD_PAGE, NO_USER, NOT_IN_RANGE, NO_DEPARTMENT = 40001, 40012, 41012, 41050, 40004
ROOT = "0"


@cache
def _guards() -> dict[str, frozenset[str]]:
    """The scopes of which one is needed to see each field of a person."""
    data = contract().rows["contact.v3.user.get"].raw["response_data"]
    fields = data["properties"]["user"]["properties"]
    return {name: frozenset(schema.get("x-field-scopes-any", ())) for name, schema in fields.items()}


def _scopes(call: Call) -> frozenset[str]:
    if call.caller.kind == "user":
        return call.caller.scopes
    return call.world.apps[call.caller.app_id or ""].scopes


def _status(user: User) -> Json:
    return {
        "is_frozen": False,
        "is_resigned": user.resigned,
        "is_activated": not user.resigned,
        "is_exited": False,
        "is_unjoin": False,
    }


def _picture(call: Call, user: User) -> Json:
    url = f"{call.world.base_url}/_emulator/avatar/{user.open_id}.svg"
    return {"avatar_72": url, "avatar_240": url, "avatar_640": url, "avatar_origin": url}


def row(call: Call, user: User) -> Json:
    """A person with the fields the caller's scopes open."""
    every: Json = {
        **user.ids(),
        "name": user.name,
        "en_name": user.en_name,
        "email": user.email,
        "mobile_visible": False,
        "gender": 0,
        "avatar": _picture(call, user),
        "status": _status(user),
        "department_ids": user.department_ids,
        "is_tenant_manager": user.admin,
        "employee_type": 1,
        "orders": [
            {"department_id": one, "user_order": 0, "department_order": 0, "is_primary_dept": place == 0}
            for place, one in enumerate(user.department_ids)
        ],
    }
    scopes, guards = _scopes(call), _guards()
    return {name: value for name, value in every.items() if not guards[name] or guards[name] & scopes}


def _visible(call: Call, user: User) -> bool:
    return call.caller.kind == "user" or user.in_range


@endpoint("contact.v3.user.get")
def get(call: Call) -> Json:
    user = call.world.person(call.params["user_id"], call.params["user_id_type"])
    if user is None:
        raise Refusal(NO_USER)
    if not _visible(call, user):
        raise Refusal(NOT_IN_RANGE)
    return {"user": row(call, user)}


@endpoint("contact.v3.user.batch")
def batch(call: Call) -> Json:
    people = [call.world.person(one, call.params["user_id_type"]) for one in call.params["user_ids"]]
    return {"items": [row(call, user) for user in people if user is not None and _visible(call, user)]}


@endpoint("contact.v3.user.basic_batch")
def basic_batch(call: Call) -> Json:
    """Names only, whatever the contact range."""
    id_type = call.params["user_id_type"]
    people = [call.world.person(one, id_type) for one in call.body["user_ids"]]
    return {
        "users": [
            {
                "user_id": user.id(id_type),
                "name": user.name,
                "i18n_name": {"zh_cn": user.name, "ja_jp": user.name, "en_us": user.en_name or user.name},
            }
            for user in people
            if user is not None
        ]
    }


@endpoint("contact.v3.user.batch_get_id")
def batch_get_id(call: Call) -> Json:
    """From mail addresses to ids; every entry answers for itself."""
    rows: list[Json] = []
    for email in call.body.get("emails") or ():
        user = call.world.person(email, "email")
        known = user is not None and (not user.resigned or bool(call.body.get("include_resigned")))
        found = {"user_id": user.id(call.params["user_id_type"]), "status": _status(user)} if user and known else {}
        rows.append({"email": email, **found})
    rows += [{"mobile": mobile} for mobile in call.body.get("mobiles") or ()]
    return {"user_list": rows}


@endpoint("contact.v3.user.find_by_department")
def find_by_department(call: Call) -> Json:
    department = call.params["department_id"]
    people = [user for user in call.world.users.values() if department in user.department_ids and not user.resigned]
    if not people and department != ROOT:
        raise Refusal(NO_DEPARTMENT)
    shown = [user for user in people if _visible(call, user)]
    return page(shown, call.params, lambda user: row(call, user), wrong=BAD_PAGE)


@endpoint("search.v1.user")
def search(call: Call) -> Json:
    """By name, as the person's own client searches; nobody who left."""
    query = call.params["query"].casefold()
    found = [
        user
        for user in call.world.users.values()
        if not user.resigned and any(query in name.casefold() for name in (user.name, user.en_name))
    ]

    def shown(user: User) -> Json:
        ids = {"open_id": user.open_id}
        if "contact:user.employee_id:readonly" in call.caller.scopes:
            ids["user_id"] = user.user_id
        return {
            "avatar": _picture(call, user),
            "department_ids": user.department_ids,
            "name": user.name,
            **ids,
        }

    return page(found, call.params, shown, wrong=99992402, key="users")
