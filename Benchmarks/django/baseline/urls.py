from django.urls import path

from . import views

urlpatterns = [
    path("enterprises/<int:number>", views.dossier),
    path("enterprises/<int:number>/merge", views.merge),
]
